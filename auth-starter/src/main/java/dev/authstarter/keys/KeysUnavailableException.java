package dev.authstarter.keys;

/**
 * Thrown when an issuer's keys are not known at the moment, so that nothing can be said
 * about a token.
 */
@SuppressWarnings("serial")
public final class KeysUnavailableException extends Exception {

	/**
	 * Say why, for the operator.
	 * @param message a sentence without secrets
	 */
	public KeysUnavailableException(String message) {
		super(message);
	}

}
