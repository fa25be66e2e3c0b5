package dev.authstarter.jose;

/**
 * Text that others wrote, for a line of a log or a message.
 */
public final class PrintableText {

	private PrintableText() {
	}

	/**
	 * Replace what is not printable ASCII, so that a line break begins no line of a log
	 * that looks like the application's own.
	 * @param text what an issuer, a client or a token says
	 * @return the text with {@code ?} for each other character
	 */
	public static String of(String text) {
		return text.chars().allMatch(PrintableText::isPrintable) ? text : text.replaceAll("[^ -~]", "?");
	}

	private static boolean isPrintable(int character) {
		return character >= ' ' && character <= '~';
	}

}
