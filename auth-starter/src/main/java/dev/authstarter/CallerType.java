package dev.authstarter;

/**
 * The type of a caller: a user, or a client that calls on its own behalf.
 */
public enum CallerType {

	/** A person who uses a client. Callers of unknown type count as users. */
	USER,

	/**
	 * A client that obtained its token with its own credentials (client credentials
	 * grant, RFC 6749 section 4.4).
	 */
	MACHINE

}
