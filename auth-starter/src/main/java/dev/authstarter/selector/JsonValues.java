package dev.authstarter.selector;

import java.math.BigInteger;
import java.util.Collection;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The rules about single JSON values.
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
	 * Tell whether a text can name anything. Control characters have no place in a name
	 * and every place in an attack on whoever prints it.
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

	/** Tell whether a member of an object stands for itself: its name is a value. */
	static boolean isGranted(@Nullable Object member) {
		return member != null && !Boolean.FALSE.equals(member);
	}

	/** Tell whether a claim is there: neither null nor empty. */
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
