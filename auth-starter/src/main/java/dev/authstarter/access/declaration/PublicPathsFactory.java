package dev.authstarter.access.declaration;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.authstarter.access.PublicPath;
import dev.authstarter.access.PublicPaths;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.http.HttpMethod;
import org.springframework.web.util.pattern.PathPatternParser;
import org.springframework.web.util.pattern.PatternParseException;

/**
 * Creates the public paths of the configuration.
 */
public final class PublicPathsFactory {

	private static final String PROPERTY = "auth-starter.public-paths";

	private static final Pattern ENTRY = Pattern.compile("(?:(\\S+)\\s+)?(/.*)");

	private static final Set<String> METHODS = Stream.of(HttpMethod.values())
		.map(HttpMethod::name)
		.collect(Collectors.toUnmodifiableSet());

	private final List<String> entries;

	/**
	 * Create a factory.
	 * @param entries path patterns, optionally with the name of an HTTP method before
	 * each
	 */
	public PublicPathsFactory(List<String> entries) {
		this.entries = entries;
	}

	/**
	 * Create the public paths.
	 * @return all of them
	 * @throws InvalidConfigurationPropertyValueException if one is no path pattern or
	 * names no method
	 */
	public PublicPaths create() {
		List<PublicPath> paths = new ArrayList<>();
		for (String entry : this.entries) {
			paths.add(create(entry));
		}
		return new PublicPaths(paths);
	}

	private static PublicPath create(String entry) {
		Matcher matcher = ENTRY.matcher(entry);
		if (!matcher.matches()) {
			throw invalid(entry,
					"It must be a path pattern that starts with a slash, for example '/docs/**', or a method "
							+ "and a path pattern, for example 'GET /catalog/**'.");
		}
		String method = matcher.group(1);
		if (method != null && !METHODS.contains(method)) {
			throw invalid(entry, "'%s' is not an HTTP method in capital letters. Write for example 'GET /catalog/**'."
				.formatted(method));
		}
		try {
			PathPatternParser.defaultInstance.parse(matcher.group(2));
		}
		catch (PatternParseException ex) {
			throw invalid(entry, "It is not a valid path pattern: %s.".formatted(ex.getMessage()));
		}
		return new PublicPath((method != null) ? Set.of(method) : Set.of(), matcher.group(2));
	}

	private static InvalidConfigurationPropertyValueException invalid(String entry, String sentence) {
		return new InvalidConfigurationPropertyValueException(PROPERTY, entry, sentence);
	}

}
