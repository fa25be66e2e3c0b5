package dev.authstarter.operations.startup;

import java.util.List;
import java.util.stream.Collectors;

import dev.authstarter.access.PublicPath;
import dev.authstarter.access.PublicPaths;

import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Finds public paths that together make the whole API public, whatever their patterns
 * are.
 */
public final class PublicPathLint implements Lint {

	/** Paths that no API has, one to four segments long. */
	private static final List<String> UNUSED_PATHS = List.of("/zqxj", "/zqxj/zqxj", "/zqxj/zqxj/zqxj",
			"/zqxj/zqxj/zqxj/zqxj");

	private final List<PublicPath> paths;

	public PublicPathLint(PublicPaths paths) {
		this.paths = paths.all();
	}

	@Override
	public List<String> findings() {
		if (!UNUSED_PATHS.stream()
			.allMatch((path) -> this.paths.stream().anyMatch((it) -> matches(it.pattern(), path)))) {
			return List.of();
		}
		return List.of(("'auth-starter.public-paths' is '%s', which makes every path public: handlers without a rule "
				+ "can be called without a token. List only the paths that need no token.")
			.formatted(this.paths.stream().map(PublicPath::toString).collect(Collectors.joining(","))));
	}

	private static boolean matches(String pattern, String path) {
		return PathPatternParser.defaultInstance.parse(pattern).matches(PathContainer.parsePath(path));
	}

}
