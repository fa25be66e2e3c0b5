package dev.authstarter.issuer;

import dev.authstarter.TrustedIssuer;

/**
 * Checks an issuer that the application names at run time, as the configured ones are
 * checked when the application starts. Each part that keeps something for every issuer
 * has a bean of this type.
 */
@FunctionalInterface
public interface IssuerCheck {

	/**
	 * Check an issuer.
	 * @param issuer the issuer
	 * @throws RuntimeException if the part cannot serve the issuer: what would stop the
	 * start
	 */
	void check(TrustedIssuer issuer);

}
