package dev.authstarter.configuration;

/**
 * How to treat entry points of the application without an access rule.
 */
public enum UndeclaredHandlers {

	/** Any valid token is enough. The start-up report lists the handler. */
	AUTHENTICATED,

	/**
	 * All callers are denied. Start-up fails if that cannot be enforced.
	 */
	DENY,

	/** Start-up fails. */
	FAIL_START

}
