package dev.authstarter.claims;

/**
 * Knows the provider of every issuer.
 */
@FunctionalInterface
public interface Providers {

	/**
	 * Return how an issuer spells its tokens.
	 * @param issuer the issuer as it is configured
	 * @return the provider
	 * @throws NullPointerException if the issuer is not trusted
	 */
	Provider of(String issuer);

}
