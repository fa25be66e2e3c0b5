package dev.authstarter.token.check;

/**
 * The format of an access token (RFC 6749 section 1.4).
 */
public enum TokenFormat {

	/** A JWT that the issuer signed and that any recipient can read (RFC 9068). */
	JWT,

	/** A string that only its issuer can resolve, by introspection (RFC 7662). */
	OPAQUE

}
