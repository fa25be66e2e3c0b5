package dev.authstarter;

/**
 * What becomes of a handler of the application that says nothing about its callers.
 */
public enum UndeclaredHandlers {

	/** Any valid token opens it, and the report at start names it. */
	AUTHENTICATED,

	/** Nobody may call it. */
	DENY,

	/** The application does not start. */
	FAIL_START

}
