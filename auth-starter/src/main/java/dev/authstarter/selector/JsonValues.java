package dev.authstarter.selector;

import java.math.BigInteger;
import java.util.Collection;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Reads single JSON values of claims.
 */
public final class JsonValues {

	private JsonValues() {
	}

	/**
	 * Read a text or an integer.
	 * @return the text, or {@code null} if the value is neither, blank or contains
	 * control characters
	 */
	public static @Nullable String text(@Nullable Object value) {
		if (value instanceof String text) {
			return isUsable(text) ? text : null;
		}
		return isInteger(value) ? String.valueOf(value) : null;
	}

	static boolean isInteger(@Nullable Object value) {
		return value instanceof Long || value instanceof Integer || value instanceof BigInteger;
	}

	/**
	 * Return whether a text is usable as a name: not blank and without control
	 * characters, which could forge log lines.
	 */
	public static boolean isUsable(String text) {
		boolean blank = true;
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c < ' ' || (c >= '\u007f' && c <= '\u009f')) {
				return false;
			}
			blank = blank && (Character.isWhitespace(c) || Character.isSpaceChar(c));
		}
		return !blank;
	}

	/**
	 * Return whether the name of a member counts as a value: the member is neither null
	 * nor false.
	 */
	static boolean isGranted(@Nullable Object member) {
		return member != null && !Boolean.FALSE.equals(member);
	}

	/** Return whether a claim is present: neither null nor empty. */
	public static boolean isPresent(@Nullable Object value) {
		if (value instanceof String text) {
			return !text.isEmpty();
		}
		if (value instanceof Collection<?> list) {
			return !list.isEmpty();
		}
		if (value instanceof Map<?, ?> object) {
			return !object.isEmpty();
		}
		return value != null;
	}

}
