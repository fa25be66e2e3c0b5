package dev.authstarter.jose;

/**
 * Makes text from outside the application safe for log lines and messages.
 */
public final class PrintableText {

	private PrintableText() {
	}

	/**
	 * Replace characters that are not printable ASCII, so that a line break cannot forge
	 * a log line.
	 * @param text a text of an issuer, a client or a token
	 * @return the text with {@code ?} for each other character
	 */
	public static String of(String text) {
		return text.chars().allMatch(PrintableText::isPrintable) ? text : text.replaceAll("[^ -~]", "?");
	}

	private static boolean isPrintable(int character) {
		return character >= ' ' && character <= '~';
	}

}
