package dev.authstarter;

/**
 * Who calls: a person through a client, or a client on its own behalf.
 */
public enum CallerType {

	/** A person. Callers of unknown kind count as users. */
	USER,

	/** A client that got its token with its own credentials (RFC 6749 section 4.4). */
	MACHINE

}
