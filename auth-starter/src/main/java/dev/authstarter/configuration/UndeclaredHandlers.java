package dev.authstarter.configuration;

/**
 * What becomes of an entry point of the application that says nothing about its callers.
 */
public enum UndeclaredHandlers {

	/** Any valid token opens it, and the report at start names it. */
	AUTHENTICATED,

	/**
	 * Nobody may call it. Where that cannot be enforced, the application does not start.
	 */
	DENY,

	/** The application does not start. */
	FAIL_START

}
