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
	 * Return the present keys. To look at them keeps them fresh: a remembered token must
	 * not outlive the key that verified it.
	 * @return the keys; or that they are awaited, or not known
	 */
	KeyLookup current();

	/**
	 * Return the present keys and fetch nothing, for code that only explains.
	 * Implementations whose {@link #current()} may fetch keys override it.
	 * @return the keys, or that they are not known
	 */
	default KeyLookup atHand() {
		return current();
	}

	/**
	 * Look for keys that a set lacks, within the limits for fetching: the issuer may have
	 * published a new one, or replaced one without changing its id.
	 * @param header the header of the token
	 * @param tried the keys of the set that fit the header and did not verify the token;
	 * empty if none fits
	 * @param known the set
	 * @return a newer set; or the same one, if no other is to be had
	 */
	default KeyLookup seek(JWSHeader header, List<JWK> tried, KeySet known) {
		return known;
	}

}
