package dev.authstarter.configuration;

/**
 * Which tokens are sent to the introspection endpoint (RFC 7662).
 */
public enum IntrospectedTokens {

	/** Tokens that are not JWTs. */
	OPAQUE,

	/** JWTs of the issuer, after they were verified here. Opaque tokens are refused. */
	JWT,

	/** Both. */
	ALL

}
