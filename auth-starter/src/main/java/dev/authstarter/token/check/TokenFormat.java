package dev.authstarter.token.check;

/**
 * The format of an access token (RFC 6749 section 1.4).
 */
public enum TokenFormat {

	/** A JWT that the issuer signed: everybody can read it (RFC 9068). */
	JWT,

	/** A text that only its issuer can read (RFC 7662). */
	OPAQUE

}
