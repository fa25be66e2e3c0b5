package dev.authstarter.test.attack.endpoint;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import org.springframework.http.server.PathContainer;
import org.springframework.web.util.UriUtils;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * A path pattern whose variables can be filled with values. The wildcards {@code *} and
 * {@code **} are treated as a variable of the name {@code *}.
 */
public final class PathTemplate {

	private static final String WILDCARD = "*";

	private final String pattern;

	/**
	 * Create a template.
	 * @param pattern the pattern in Spring's syntax
	 */
	public PathTemplate(String pattern) {
		this.pattern = pattern;
	}

	/** Return the names of the variables, in their order. */
	public Set<String> variables() {
		Set<String> names = new LinkedHashSet<>();
		expand((name) -> {
			names.add(name);
			return "";
		});
		return names;
	}

	/**
	 * Fill the variables with values.
	 * @param values returns the value of a variable of this name
	 * @return the path, encoded, or {@code null} if the pattern does not match it
	 */
	public @Nullable String fill(UnaryOperator<String> values) {
		String path = expand(values);
		return PathPatternParser.defaultInstance.parse(this.pattern).matches(PathContainer.parsePath(path)) ? path
				: null;
	}

	private String expand(UnaryOperator<String> values) {
		StringBuilder path = new StringBuilder();
		for (int i = 0; i < this.pattern.length(); i++) {
			char c = this.pattern.charAt(i);
			if (c == '{') {
				int end = endOfVariable(i);
				String variable = this.pattern.substring(i + 1, end);
				String value = values.apply(name(variable));
				path.append(variable.startsWith(WILDCARD) ? "/" + encodePath(value)
						: UriUtils.encode(value, StandardCharsets.UTF_8));
				i = end;
			}
			else if (c == '*') {
				path.append(encodePath(values.apply(WILDCARD)));
				i += this.pattern.startsWith("**", i) ? 1 : 0;
			}
			else {
				int end = endOfText(i);
				path.append(encodePath(this.pattern.substring(i, end).replace('?', 'x')));
				i = end - 1;
			}
		}
		return path.toString().replace("//", "/");
	}

	private static String encodePath(String text) {
		return UriUtils.encodePath(text, StandardCharsets.UTF_8);
	}

	private int endOfText(int start) {
		int end = start;
		while (end < this.pattern.length() && this.pattern.charAt(end) != '{' && this.pattern.charAt(end) != '*') {
			end++;
		}
		return end;
	}

	/** A variable may have a regular expression that contains braces. */
	private int endOfVariable(int start) {
		int depth = 0;
		for (int i = start; i < this.pattern.length(); i++) {
			depth += (this.pattern.charAt(i) == '{') ? 1 : (this.pattern.charAt(i) == '}') ? -1 : 0;
			if (depth == 0) {
				return i;
			}
		}
		return this.pattern.length();
	}

	private static String name(String variable) {
		String name = variable.startsWith(WILDCARD) ? variable.substring(1) : variable;
		int colon = name.indexOf(':');
		return (colon >= 0) ? name.substring(0, colon) : name;
	}

}
