package dev.authstarter.keys;

import java.util.List;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;

/**
 * Keys that may sign for an issuer. A set is immutable: if the issuer publishes other
 * keys, they are another set.
 */
@FunctionalInterface
public non-sealed interface KeySet extends KeyLookup {

	/**
	 * Find the keys that may have signed a token.
	 * @param header the token's header, whose algorithm and key id select the keys
	 * @return the keys that match, in the order to try them; empty if there is none
	 */
	List<JWK> find(JWSHeader header);

	/**
	 * Find the keys that may have signed a token, except some.
	 * @param header the token's header
	 * @param tried keys that match and did not verify the token
	 * @return the other keys that match, in the order to try them; empty if there is none
	 */
	default List<JWK> find(JWSHeader header, List<JWK> tried) {
		List<JWK> keys = find(header);
		return tried.isEmpty() ? keys : keys.stream().filter((key) -> !tried.contains(key)).toList();
	}

	/**
	 * Return the version of the keys, by which caches of verified tokens detect a change.
	 * @return an object that is the same as long as the keys are the same, to be compared
	 * by identity
	 */
	default Object version() {
		return this;
	}

	/**
	 * Return a set of given keys.
	 * @param keys the public keys
	 * @return a set that finds them by algorithm and key id
	 */
	static KeySet of(JWKSet keys) {
		return (header) -> {
			JWKMatcher matcher = JWKMatcher.forJWSHeader(header);
			return (matcher != null) ? new JWKSelector(matcher).select(keys) : List.of();
		};
	}

}
