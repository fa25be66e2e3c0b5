package dev.authstarter.operations.startup;

import java.util.List;

import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Finds public paths that open the whole API, however they are spelled.
 */
public final class PublicPathLint implements Lint {

	/** Paths that nobody has, one to four segments long. */
	private static final List<String> NOBODYS = List.of("/zqxj", "/zqxj/zqxj", "/zqxj/zqxj/zqxj",
			"/zqxj/zqxj/zqxj/zqxj");

	private final List<String> patterns;

	public PublicPathLint(List<String> patterns) {
		this.patterns = patterns;
	}

	@Override
	public List<String> findings() {
		if (!NOBODYS.stream().allMatch((path) -> this.patterns.stream().anyMatch((it) -> matches(it, path)))) {
			return List.of();
		}
		return List.of(("'auth-starter.public-paths' is '%s', which opens every path: handlers without a rule answer "
				+ "without a token. Name the paths that are for everybody.")
			.formatted(String.join(",", this.patterns)));
	}

	private static boolean matches(String pattern, String path) {
		return PathPatternParser.defaultInstance.parse(pattern).matches(PathContainer.parsePath(path));
	}

}
