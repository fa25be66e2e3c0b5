package dev.authstarter.servlet.chain;

import java.util.List;

/**
 * Builds a path that a pattern of Spring MVC matches.
 */
final class SamplePath {

	/**
	 * Values for variables that a regular expression restricts; the first one for all
	 * others.
	 */
	private static final List<String> VALUES = List.of("sample", "1", "2030-01-01",
			"00000000-0000-4000-8000-000000000000", "SAMPLE", "sample.txt", "a1");

	private SamplePath() {
	}

	static String of(String pattern) {
		StringBuilder path = new StringBuilder();
		for (int i = 0; i < pattern.length(); i++) {
			char c = pattern.charAt(i);
			if (c == '{') {
				int end = endOfVariable(pattern, i);
				path.append(value(pattern.substring(i + 1, end)));
				i = end;
			}
			else if (c == '*') {
				path.append(VALUES.get(0));
				i += pattern.startsWith("**", i) ? 1 : 0;
			}
			else {
				path.append((c == '?') ? 'x' : c);
			}
		}
		return path.toString().startsWith("/") ? path.toString() : "/" + path;
	}

	/** A regular expression may contain braces. */
	private static int endOfVariable(String pattern, int start) {
		int depth = 0;
		for (int i = start; i < pattern.length(); i++) {
			depth += (pattern.charAt(i) == '{') ? 1 : (pattern.charAt(i) == '}') ? -1 : 0;
			if (depth == 0) {
				return i;
			}
		}
		return pattern.length();
	}

	private static String value(String variable) {
		int colon = variable.indexOf(':');
		if (colon < 0) {
			return VALUES.get(0);
		}
		String expression = variable.substring(colon + 1);
		return VALUES.stream().filter((value) -> value.matches(expression)).findFirst().orElse(VALUES.get(0));
	}

}
