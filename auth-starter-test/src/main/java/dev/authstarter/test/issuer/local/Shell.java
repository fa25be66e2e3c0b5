package dev.authstarter.test.issuer.local;

import java.util.regex.Pattern;

/**
 * Writes text for a POSIX shell.
 */
final class Shell {

	private static final Pattern LETTERS = Pattern.compile("[A-Za-z]+");

	private static final Pattern CONTROL = Pattern.compile("[\\s\\p{Cntrl}]+");

	private Shell() {
	}

	/** Quote a text, so that the shell reads it as one word. */
	static String quote(String text) {
		return "'" + text.replace("'", "'\\''") + "'";
	}

	/** Return a text as one word, quoted unless it consists of letters. */
	static String word(String text) {
		return LETTERS.matcher(text).matches() ? text : quote(text);
	}

	/** Return a comment of one line. */
	static String comment(String text) {
		return "# " + CONTROL.matcher(text).replaceAll(" ");
	}

}
