package dev.authstarter.configuration;

/**
 * How strictly a token must keep to RFC 9068.
 */
public enum TokenProfile {

	/**
	 * What providers really send: header type {@code at+jwt}, {@code JWT} or none, as
	 * long as the token's shape proves an access token.
	 */
	COMPATIBLE,

	/**
	 * Header type {@code at+jwt} and every claim of RFC 9068 section 2.2, nothing less.
	 */
	RFC9068

}
