package dev.authstarter.claims;

import dev.authstarter.TrustedIssuer;

/**
 * Knows the provider of every issuer.
 */
@FunctionalInterface
public interface ClaimReaders {

	/**
	 * Return how an issuer spells its tokens.
	 * @param issuer a trusted issuer
	 * @return the provider
	 */
	ClaimReader of(TrustedIssuer issuer);

}
