package dev.authstarter.configuration;

/**
 * How strictly a token must keep to RFC 9068.
 */
public enum TokenProfile {

	/**
	 * Access tokens as providers issue them: header type {@code at+jwt}, {@code JWT} or
	 * none, if other claims prove an access token.
	 */
	COMPATIBLE,

	/**
	 * Header type {@code at+jwt} and every claim that RFC 9068 section 2.2 requires.
	 */
	RFC9068

}
