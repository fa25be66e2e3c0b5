package dev.authstarter.test.attack.data;

import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Makes identifiers that do not exist and have the format of existing ones, so that an
 * application has no other reason to refuse them.
 */
final class InventedText {

	static final Pattern UUID_FORM = Pattern.compile("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

	/** The maximum length of numbers that always fit into an {@code int}. */
	private static final int DIGITS_OF_INT = 9;

	/** The number of characters at the end that are changed. */
	private static final int CHANGED = 10;

	private static final int ATTEMPTS = 20;

	private InventedText() {
	}

	static String like(String identifier) {
		RandomGenerator random = ThreadLocalRandom.current();
		if (UUID_FORM.matcher(identifier).matches()) {
			String invented = UUID.randomUUID().toString();
			return identifier.equals(identifier.toLowerCase(Locale.ROOT)) ? invented
					: invented.toUpperCase(Locale.ROOT);
		}
		if (identifier.length() <= DIGITS_OF_INT && identifier.chars().allMatch(Character::isDigit)) {
			return String.valueOf(random.nextInt(900_000_000, 1_000_000_000));
		}
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			String invented = changed(identifier, random);
			if (!invented.equals(identifier)) {
				return invented;
			}
		}
		return identifier + "x";
	}

	/**
	 * Digits become digits that are not greater, so that a number stays within its range.
	 */
	private static String changed(String identifier, RandomGenerator random) {
		StringBuilder text = new StringBuilder(identifier);
		for (int i = Math.max(0, text.length() - CHANGED); i < text.length(); i++) {
			char c = text.charAt(i);
			if (c >= '0' && c <= '9') {
				text.setCharAt(i, (char) random.nextInt('0', c + 1));
			}
			else if (c >= 'a' && c <= 'z') {
				text.setCharAt(i, (char) random.nextInt('a', 'z' + 1));
			}
			else if (c >= 'A' && c <= 'Z') {
				text.setCharAt(i, (char) random.nextInt('A', 'Z' + 1));
			}
		}
		return text.toString();
	}

}
