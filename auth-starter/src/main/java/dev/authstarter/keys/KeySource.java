package dev.authstarter.keys;

import java.io.IOException;

import com.nimbusds.jose.jwk.JWKSet;

/**
 * Fetches the keys of an issuer.
 */
@FunctionalInterface
interface KeySource {

	/**
	 * Fetch the keys.
	 * @return the public keys that may verify a signature, at least one
	 * @throws IOException if they cannot be fetched; the message is for the operator
	 */
	JWKSet fetch() throws IOException;

}
