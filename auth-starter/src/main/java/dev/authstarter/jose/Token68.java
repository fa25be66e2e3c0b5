package dev.authstarter.jose;

import java.nio.charset.StandardCharsets;

/**
 * The syntax of credentials after the scheme of an {@code Authorization} header.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-11.2">RFC 9110 section
 * 11.2</a>
 */
public final class Token68 {

	private static final boolean[] ALLOWED = new boolean[128];
	static {
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/".chars()
			.forEach((c) -> ALLOWED[c] = true);
	}

	private Token68() {
	}

	/**
	 * Return whether a text is one or more of the allowed characters, followed by
	 * padding.
	 */
	public static boolean matches(String text) {
		// Going through the bytes is faster than through the characters.
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		int end = bytes.length;
		while (end > 0 && bytes[end - 1] == '=') {
			end--;
		}
		for (int i = 0; i < end; i++) {
			// Bytes of characters beyond ASCII are negative.
			if (bytes[i] < 0 || !ALLOWED[bytes[i]]) {
				return false;
			}
		}
		return end > 0;
	}

}
