package dev.authstarter.keys;

import dev.authstarter.TrustedIssuer;

/**
 * The public keys that may sign for the issuers. Tests replace this interface; the
 * application's real code performs all other checks of a token.
 */
@FunctionalInterface
public interface TrustedKeys {

	/**
	 * Return the keys of an issuer. The caller keeps the result and does not look it up
	 * on every request.
	 * @param issuer one of the issuers that this API trusts
	 * @return its keys; nothing is fetched yet
	 */
	IssuerKeys of(TrustedIssuer issuer);

}
