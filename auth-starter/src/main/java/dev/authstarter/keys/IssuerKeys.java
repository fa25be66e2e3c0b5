package dev.authstarter.keys;

import java.util.List;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;

/**
 * The public keys that may sign for one issuer. No method waits.
 */
@FunctionalInterface
public interface IssuerKeys {

	/**
	 * Return the current keys. Each call also keeps them up to date: a cached token must
	 * not outlive the key that verified it.
	 * @return the keys; or that they are pending, or unavailable
	 */
	KeyLookup current();

	/**
	 * Return the current keys without fetching, for explanations. Implementations whose
	 * {@link #current()} may fetch keys override it.
	 * @return the keys, or that they are unavailable
	 */
	default KeyLookup atHand() {
		return current();
	}

	/**
	 * Find keys that a set lacks, within the limits for fetching: the issuer may have
	 * published a new one, or replaced one without changing its id.
	 * @param header the header of the token
	 * @param tried the keys of the set that match the header and did not verify the
	 * token; empty if none matches
	 * @param known the set
	 * @return a newer set; or the same one, if no other is available
	 */
	default KeyLookup seek(JWSHeader header, List<JWK> tried, KeySet known) {
		return known;
	}

}
