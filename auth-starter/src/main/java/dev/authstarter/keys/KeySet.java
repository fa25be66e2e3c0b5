package dev.authstarter.keys;

import java.util.List;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;

/**
 * Keys that may sign for an issuer. They do not change: where the issuer publishes
 * others, that is another set.
 */
@FunctionalInterface
public non-sealed interface KeySet extends KeyLookup {

	/**
	 * Find the keys that may have signed a token.
	 * @param header the token's header; algorithm and key id choose among the keys
	 * @return the keys that fit, in the order to try them; empty if there is none
	 */
	List<JWK> find(JWSHeader header);

	/**
	 * Find the keys that may have signed a token, other than some.
	 * @param header the token's header
	 * @param tried keys that fit and did not verify the token
	 * @return the other keys that fit, in the order to try them; empty if there is none
	 */
	default List<JWK> find(JWSHeader header, List<JWK> tried) {
		List<JWK> keys = find(header);
		return tried.isEmpty() ? keys : keys.stream().filter((key) -> !tried.contains(key)).toList();
	}

	/**
	 * Name the keys, so that code which remembers what they verified knows when to forget
	 * it.
	 * @return an object that is the same as long as the keys are the same, to be compared
	 * by identity
	 */
	default Object version() {
		return this;
	}

	/**
	 * Return a set of keys that are known already.
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
