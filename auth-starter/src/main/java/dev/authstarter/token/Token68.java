package dev.authstarter.token;

/**
 * What may stand behind the scheme in an {@code Authorization} header.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-11.2">RFC 9110 section
 * 11.2</a>
 */
final class Token68 {

	private static final boolean[] ALLOWED = new boolean[128];
	static {
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/".chars()
			.forEach((c) -> ALLOWED[c] = true);
	}

	private Token68() {
	}

	/** Tell whether a text is one or more of the allowed characters, then padding. */
	static boolean matches(String text) {
		int end = text.length();
		while (end > 0 && text.charAt(end - 1) == '=') {
			end--;
		}
		for (int i = 0; i < end; i++) {
			char c = text.charAt(i);
			if (c >= ALLOWED.length || !ALLOWED[c]) {
				return false;
			}
		}
		return end > 0;
	}

}
