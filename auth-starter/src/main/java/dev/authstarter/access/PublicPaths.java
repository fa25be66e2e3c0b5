package dev.authstarter.access;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * The paths that the configuration makes public. A handler is public only if every path
 * that its pattern matches is public, so patterns are compared with patterns; if the
 * comparison is not certain, the handler is not public.
 */
public final class PublicPaths {

	private static final String REST = "**";

	private static final Set<String> METHODS = Stream.of(HttpMethod.values())
		.map(HttpMethod::name)
		.collect(Collectors.toUnmodifiableSet());

	/** Stands for all methods: only a path without methods makes it public. */
	private static final String EVERY_METHOD = "";

	/** A variable, which matches any segment that is not empty. */
	private static final String VARIABLE = "\\{[^:{}]+}";

	private final List<PublicPath> all;

	/** The cached results, by pattern and method. */
	private final Map<Question, Boolean> known = new ConcurrentHashMap<>();

	/**
	 * Create the list of public paths.
	 * @param paths each with a valid pattern
	 */
	public PublicPaths(List<PublicPath> paths) {
		this.all = List.copyOf(paths);
	}

	/**
	 * Return the public paths.
	 * @return the paths in the order of the configuration
	 */
	public List<PublicPath> all() {
		return this.all;
	}

	/**
	 * Return the same paths below another one.
	 * @param prefix a path without a slash at its end
	 * @return the prefixed public paths
	 */
	public PublicPaths below(String prefix) {
		return new PublicPaths(
				this.all.stream().map((path) -> new PublicPath(path.methods(), prefix + path.pattern())).toList());
	}

	/**
	 * Return whether every path that a handler's pattern matches is public.
	 * @param methods the HTTP methods that the handler answers; empty for all
	 * @param handler the pattern of the handler
	 * @return whether they are public for each of these methods
	 */
	public boolean cover(Set<String> methods, String handler) {
		if (methods.isEmpty()) {
			return isOpen(EVERY_METHOD, handler);
		}
		return methods.stream().allMatch((method) -> isOpen(method, handler));
	}

	/** Unknown methods share one cache entry, so that clients cannot fill the cache. */
	private boolean isOpen(String asked, String handler) {
		String method = METHODS.contains(asked) ? asked : EVERY_METHOD;
		return !this.all.isEmpty() && this.known.computeIfAbsent(new Question(method, handler),
				(question) -> patterns(method).anyMatch((open) -> covers(open, handler)));
	}

	/**
	 * Return whether the path of a request is public. The result is not cached.
	 * @param method the HTTP method of the request
	 * @param path the path
	 * @return whether it is public for this method
	 */
	public boolean contain(String method, PathContainer path) {
		return patterns(method).anyMatch((open) -> open.matches(path));
	}

	private Stream<PathPattern> patterns(String method) {
		return this.all.stream()
			.filter((open) -> open.opens(method))
			.map((open) -> PathPatternParser.defaultInstance.parse(open.pattern()));
	}

	private record Question(String method, String handler) {

	}

	private static boolean covers(PathPattern open, String handler) {
		if (open.getPatternString().equals(handler)) {
			return true;
		}
		if (!handler.contains("*") && !handler.contains("?") && !handler.contains("{")) {
			return open.matches(PathContainer.parsePath(handler));
		}
		return covers(segments(open.getPatternString()), segments(handler));
	}

	private static boolean covers(List<String> open, List<String> handler) {
		boolean rest = open.get(open.size() - 1).equals(REST);
		int fixed = rest ? open.size() - 1 : open.size();
		if (rest ? handler.size() < fixed : handler.size() != fixed) {
			return false;
		}
		for (int i = 0; i < fixed; i++) {
			if (!coversSegment(open.get(i), handler.get(i))) {
				return false;
			}
		}
		return true;
	}

	private static boolean coversSegment(String open, String handler) {
		if (open.equals(REST) || handler.equals(REST)) {
			return false;
		}
		return open.equals(handler) || open.equals("*") || (open.matches(VARIABLE) && isNeverEmpty(handler));
	}

	/** Segments with {@code *} or several variables may be empty. */
	private static boolean isNeverEmpty(String segment) {
		return segment.matches("\\{[^{}]+}") || !segment.replaceAll("\\{.*}|\\*", "").isEmpty();
	}

	/** A variable for all remaining segments is replaced by {@code **}. */
	private static List<String> segments(String pattern) {
		String path = pattern.startsWith("/") ? pattern.substring(1) : pattern;
		return List.of(path.replaceAll("\\{\\*[^/{}]+}", REST).split("/", -1));
	}

}
