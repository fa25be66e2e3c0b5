package dev.authstarter;

/**
 * Implemented by exceptions that carry a refusal through code that knows only exceptions.
 */
public interface Refused {

	/**
	 * Return the refusal.
	 * @return why, and what was needed
	 */
	Refusal refusal();

}
