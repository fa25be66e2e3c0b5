package dev.authstarter.configuration;

/**
 * Which tokens an issuer is asked about.
 */
public enum IntrospectedTokens {

	/** Those that are no JWTs. */
	OPAQUE,

	/** JWTs of the issuer, after they were verified here. Opaque tokens are refused. */
	JWT,

	/** Both. */
	ALL

}
