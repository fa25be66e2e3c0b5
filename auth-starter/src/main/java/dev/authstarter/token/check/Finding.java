package dev.authstarter.token.check;

import org.jspecify.annotations.Nullable;

/**
 * What was expected of a token at one step, and what was found, for people.
 *
 * @param about what the step looks at
 * @param expected what a token must be or say there, or {@code null} where there is
 * nothing to expect
 * @param found what this token is or says there, or {@code null} where nothing was looked
 * for
 * @param hint what else helps, as whole sentences, or {@code null}
 */
public record Finding(String about, @Nullable String expected, @Nullable String found, @Nullable String hint) {

	/**
	 * Return what was expected and found.
	 * @param about what the step looks at
	 * @param expected what a token must be or say there
	 * @param found what this token is or says there
	 * @return the finding
	 */
	public static Finding of(String about, String expected, String found) {
		return new Finding(about, expected, found, null);
	}

	/**
	 * Return what was found where nothing in particular is expected.
	 * @param about what the step looks at
	 * @param found what this token is or says there
	 * @return the finding
	 */
	public static Finding of(String about, String found) {
		return new Finding(about, null, found, null);
	}

	/**
	 * Return what only helps.
	 * @param about what the step looks at
	 * @param hint whole sentences
	 * @return the finding
	 */
	public static Finding hint(String about, String hint) {
		return new Finding(about, null, null, hint);
	}

	/**
	 * Return the same with a hint.
	 * @param sentences whole sentences, or {@code null} for none
	 * @return the finding with these
	 */
	public Finding withHint(@Nullable String sentences) {
		return new Finding(this.about, this.expected, this.found, sentences);
	}

	/**
	 * Return all of it in words.
	 * @return one sentence, and the hint behind it
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

	/** Nothing of the token. */
	@Override
	public String toString() {
		return "Finding[" + this.about + "]";
	}

}
