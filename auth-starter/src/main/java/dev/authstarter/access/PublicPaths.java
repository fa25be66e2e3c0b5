package dev.authstarter.access;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * The paths that the configuration opens. A handler is open only if each path that
 * reaches it is, so patterns are compared with patterns; where that is not plain, the
 * handler counts as closed.
 */
public final class PublicPaths {

	private static final String REST = "**";

	/** Matches a segment, whatever it is, unless it is empty. */
	private static final String VARIABLE = "\\{[^:{}]+}";

	private final List<PathPattern> patterns;

	/** By pattern of a handler, of which there are as many as the application has. */
	private final Map<String, Boolean> known = new ConcurrentHashMap<>();

	public PublicPaths(List<String> patterns) {
		this.patterns = patterns.stream().map(PathPatternParser.defaultInstance::parse).toList();
	}

	/** Whether every path that a handler's pattern matches is open. */
	public boolean cover(String handler) {
		return this.known.computeIfAbsent(handler,
				(pattern) -> this.patterns.stream().anyMatch((open) -> covers(open, pattern)));
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

	/** As {@code *} may be, and what consists of several variables. */
	private static boolean isNeverEmpty(String segment) {
		return segment.matches("\\{[^{}]+}") || !segment.replaceAll("\\{.*}|\\*", "").isEmpty();
	}

	/** A variable for all the rest is written like {@code **}. */
	private static List<String> segments(String pattern) {
		String path = pattern.startsWith("/") ? pattern.substring(1) : pattern;
		return List.of(path.replaceAll("\\{\\*[^/{}]+}", REST).split("/", -1));
	}

}
