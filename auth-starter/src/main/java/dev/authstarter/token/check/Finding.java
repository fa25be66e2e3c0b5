package dev.authstarter.token.check;

import org.jspecify.annotations.Nullable;

/**
 * The expected and the actual value of one check of a token, for an explanation that
 * people read.
 *
 * @param about the subject of the check
 * @param expected the value that a token must have, or {@code null} if there is none
 * @param found the value of this token, or {@code null} if none was looked up
 * @param hint further help in whole sentences, or {@code null}
 */
public record Finding(String about, @Nullable String expected, @Nullable String found, @Nullable String hint) {

	/**
	 * Return a finding with an expected and an actual value.
	 * @param about the subject of the check
	 * @param expected the value that a token must have
	 * @param found the value of this token
	 * @return the finding
	 */
	public static Finding of(String about, String expected, String found) {
		return new Finding(about, expected, found, null);
	}

	/**
	 * Return a finding without an expected value.
	 * @param about the subject of the check
	 * @param found the value of this token
	 * @return the finding
	 */
	public static Finding of(String about, String found) {
		return new Finding(about, null, found, null);
	}

	/**
	 * Return a finding that consists of a hint.
	 * @param about the subject of the check
	 * @param hint whole sentences
	 * @return the finding
	 */
	public static Finding hint(String about, String hint) {
		return new Finding(about, null, null, hint);
	}

	/**
	 * Return this finding with another hint.
	 * @param sentences whole sentences, or {@code null} for none
	 * @return the finding with the hint
	 */
	public Finding withHint(@Nullable String sentences) {
		return new Finding(this.about, this.expected, this.found, sentences);
	}

	/**
	 * Return the finding as text.
	 * @return one sentence, followed by the hint
	 */
	public String sentence() {
		StringBuilder text = new StringBuilder(this.about).append(": ");
		if (this.expected != null) {
			text.append("expected ").append(this.expected);
			text.append((this.found != null) ? ", found " : ".");
		}
		if (this.found != null) {
			text.append(this.found).append('.');
		}
		if (this.hint != null) {
			text.append((this.expected != null || this.found != null) ? " " : "").append(this.hint);
		}
		return text.toString();
	}

	/** Return a text without the values of the token. */
	@Override
	public String toString() {
		return "Finding[" + this.about + "]";
	}

}
