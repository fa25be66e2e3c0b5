package dev.authstarter.access;

import java.util.ArrayList;
import java.util.List;

import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Compares path patterns with each other, segment by segment. Case is ignored, since an
 * application may map its handlers case-insensitively.
 */
public final class PathPatterns {

	private static final PathPatternParser PARSER = new PathPatternParser();

	static {
		PARSER.setCaseSensitive(false);
	}

	private PathPatterns() {
	}

	public static PathPattern parse(String pattern) {
		return PARSER.parse(pattern);
	}

	/**
	 * Return the forms of a path that rules are compared with: without a slash at its
	 * end, and with it, since a wildcard at the end of a pattern also matches nothing.
	 * @param path the path
	 * @param options how to parse it
	 * @throws IllegalArgumentException if it cannot be decoded
	 */
	public static List<PathContainer> forms(String path, PathContainer.Options options) {
		String single = path.isEmpty() ? "/" : path.replaceAll("/{2,}", "/");
		PathContainer whole = PathContainer.parsePath(single, options);
		return (single.length() == 1 || !single.endsWith("/")) ? List.of(whole)
				: List.of(PathContainer.parsePath(single.substring(0, single.length() - 1), options), whole);
	}

	/**
	 * Return whether every path that matches one pattern matches another; {@code false}
	 * if that is not certain.
	 * @param outer the pattern that may be the wider one
	 * @param inner the other one
	 */
	static boolean covers(String outer, String inner) {
		return outer.equalsIgnoreCase(inner) || covers(segments(outer), segments(inner));
	}

	private static boolean covers(List<String> outer, List<String> inner) {
		if (outer.isEmpty()) {
			return inner.isEmpty();
		}
		if (isRest(outer.get(0))) {
			return outer.size() == 1;
		}
		if (isVariable(outer.get(0)) && inner.equals(List.of("*"))) {
			return false; // At the end of a path, only a wildcard matches nothing.
		}
		return !inner.isEmpty() && !isRest(inner.get(0)) && coversSegment(outer.get(0), inner.get(0))
				&& covers(outer.subList(1, outer.size()), inner.subList(1, inner.size()));
	}

	private static boolean coversSegment(String outer, String inner) {
		if (outer.equals("*") || isVariable(outer) || outer.equalsIgnoreCase(inner)) {
			return true;
		}
		return isLiteral(inner) && PARSER.parse("/" + outer).matches(PathContainer.parsePath("/" + inner));
	}

	/**
	 * Return whether a path may match both patterns; {@code true} if that is not certain.
	 */
	static boolean overlap(String one, String other) {
		return overlap(segments(one), segments(other));
	}

	private static boolean overlap(List<String> one, List<String> other) {
		if (one.isEmpty() || other.isEmpty()) {
			List<String> rest = one.isEmpty() ? other : one;
			return rest.isEmpty() || (rest.size() == 1 && isRest(rest.get(0)));
		}
		if (isRest(one.get(0)) || isRest(other.get(0))) {
			return true;
		}
		boolean alike = !isLiteral(one.get(0)) || !isLiteral(other.get(0)) || one.get(0).equalsIgnoreCase(other.get(0));
		return alike && overlap(one.subList(1, one.size()), other.subList(1, other.size()));
	}

	/** The expression of a variable may contain slashes and braces. */
	private static List<String> segments(String pattern) {
		List<String> segments = new ArrayList<>();
		StringBuilder segment = new StringBuilder();
		int depth = 0;
		for (int i = 0; i < pattern.length(); i++) {
			char c = pattern.charAt(i);
			depth += (c == '{') ? 1 : (c == '}') ? -1 : 0;
			if (c == '/' && depth == 0) {
				add(segment, segments);
			}
			else {
				segment.append(c);
			}
		}
		add(segment, segments);
		return segments;
	}

	private static void add(StringBuilder segment, List<String> segments) {
		if (!segment.isEmpty()) {
			segments.add(segment.toString());
			segment.setLength(0);
		}
	}

	private static boolean isRest(String segment) {
		return segment.equals("**") || segment.startsWith("{*");
	}

	private static boolean isVariable(String segment) {
		return segment.startsWith("{") && segment.indexOf('}') == segment.length() - 1 && segment.indexOf(':') < 0;
	}

	private static boolean isLiteral(String segment) {
		return segment.chars().noneMatch((c) -> c == '*' || c == '?' || c == '{');
	}

}
