package dev.authstarter.claims;

import dev.authstarter.TrustedIssuer;

/**
 * Returns the reader of claims for each issuer.
 */
@FunctionalInterface
public interface ClaimReaders {

	/**
	 * Return the reader of an issuer's tokens.
	 * @param issuer a trusted issuer
	 * @return the reader
	 */
	ClaimReader of(TrustedIssuer issuer);

}
