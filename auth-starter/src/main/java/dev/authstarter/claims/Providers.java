package dev.authstarter.claims;

/**
 * Knows the provider of every issuer.
 */
@FunctionalInterface
public interface Providers {

	/**
	 * Return how an issuer spells its tokens.
	 * @param issuer the issuer as a token names it
	 * @return the provider; for an issuer that is not trusted, that of the first one
	 */
	Provider of(String issuer);

}
