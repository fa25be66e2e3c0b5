package dev.authstarter.issuer;

import dev.authstarter.TrustedIssuer;

/**
 * Checks an issuer that is resolved at run time in the way the configured issuers are
 * checked at start-up. Each component that keeps state per issuer has a bean of this
 * type.
 */
@FunctionalInterface
public interface IssuerCheck {

	/**
	 * Check an issuer.
	 * @param issuer the issuer
	 * @throws RuntimeException if the component cannot support the issuer; for a
	 * configured issuer, the same problem makes start-up fail
	 */
	void check(TrustedIssuer issuer);

}
