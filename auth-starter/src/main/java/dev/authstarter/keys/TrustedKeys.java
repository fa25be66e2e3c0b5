package dev.authstarter.keys;

import dev.authstarter.TrustedIssuer;

/**
 * The public keys that may sign for the issuers. This is the one seam that tests replace:
 * everything else about a token is checked by the application's real code.
 */
@FunctionalInterface
public interface TrustedKeys {

	/**
	 * Return the keys of an issuer. They are kept with the issuer, not asked for on every
	 * request.
	 * @param issuer one of the issuers that this API trusts
	 * @return its keys; nothing is fetched yet
	 */
	IssuerKeys of(TrustedIssuer issuer);

}
