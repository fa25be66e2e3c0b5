package dev.authstarter.test.attack.endpoint;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.http.server.PathContainer;
import org.springframework.web.util.UriUtils;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Finds a path that a pattern matches.
 */
public final class SamplePath {

	/** A value of each kind that variables are restricted to, the most usual first. */
	private static final List<String> VALUES = List.of("00000000-0000-4000-8000-000000000000", "1", "attacked",
			"2030-01-01", "a1", "A1", "en", "v1", "2030", "a.txt", "00000000");

	private final Collection<String> organizationVariables;

	private final String organization;

	/**
	 * Fill the variables of patterns.
	 * @param organizationVariables the variables that name an organization
	 * @param organization what they name
	 */
	public SamplePath(Collection<String> organizationVariables, String organization) {
		this.organizationVariables = organizationVariables;
		this.organization = organization;
	}

	/**
	 * Find a path.
	 * @param pattern the pattern
	 * @return the path, encoded, or {@code null} if none of the known values fits
	 */
	public @Nullable String of(String pattern) {
		for (String value : VALUES) {
			String path = fill(pattern, value);
			if (matches(pattern, path)) {
				return UriUtils.encodePath(path, StandardCharsets.UTF_8);
			}
		}
		return null;
	}

	/** Tell whether the pattern says which organization a request is for. */
	public boolean namesOrganization(String pattern) {
		return this.organizationVariables.stream()
			.anyMatch((name) -> pattern.contains("{" + name + "}") || pattern.contains("{" + name + ":")
					|| pattern.contains("{*" + name + "}"));
	}

	private static boolean matches(String pattern, String path) {
		return PathPatternParser.defaultInstance.parse(pattern).matches(PathContainer.parsePath(path));
	}

	private String fill(String pattern, String value) {
		StringBuilder path = new StringBuilder();
		for (int i = 0; i < pattern.length(); i++) {
			char c = pattern.charAt(i);
			if (c == '{') {
				int end = endOfVariable(pattern, i);
				String name = pattern.substring(i + 1, end);
				path.append(name.startsWith("*") ? "/" : "").append(value(name, value));
				i = end;
			}
			else if (c == '*') {
				path.append(value);
				i += pattern.startsWith("**", i) ? 1 : 0;
			}
			else {
				path.append((c == '?') ? 'x' : c);
			}
		}
		return path.toString().replace("//", "/");
	}

	/** A variable may be restricted by an expression that has braces of its own. */
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

	private String value(String variable, String value) {
		String name = variable.startsWith("*") ? variable.substring(1) : variable;
		int colon = name.indexOf(':');
		return this.organizationVariables.contains((colon >= 0) ? name.substring(0, colon) : name) ? this.organization
				: value;
	}

}
