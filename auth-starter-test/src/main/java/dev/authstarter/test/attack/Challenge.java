package dev.authstarter.test.attack;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A challenge of the scheme {@code Bearer}, parsed strictly.
 *
 * @param parameters the parameters by name
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-3">RFC 6750 section 3</a>
 */
record Challenge(Map<String, String> parameters) {

	private static final String SCHEME = "Bearer ";

	/** The characters of RFC 6750 section 3, which need no escape. */
	private static final Pattern PARAMETER = Pattern
		.compile("\\G([A-Za-z_][A-Za-z0-9_-]*)=\"([\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]*)\"(, |$)");

	/**
	 * Parse a header.
	 * @param header the value
	 * @return the challenge, or {@code null} if it is not a {@code Bearer} challenge, has
	 * no parameter, has a parameter twice, or contains invalid characters
	 */
	static @Nullable Challenge parse(String header) {
		if (!header.startsWith(SCHEME)) {
			return null;
		}
		Map<String, String> parameters = new HashMap<>();
		String list = header.substring(SCHEME.length());
		Matcher matcher = PARAMETER.matcher(list);
		int end = 0;
		while (matcher.find()) {
			if (parameters.putIfAbsent(matcher.group(1), matcher.group(2)) != null) {
				return null;
			}
			end = matcher.end();
		}
		return (end == list.length() && !parameters.isEmpty() && !list.endsWith(", ")) ? new Challenge(parameters)
				: null;
	}

	@Nullable String error() {
		return this.parameters.get("error");
	}

}
