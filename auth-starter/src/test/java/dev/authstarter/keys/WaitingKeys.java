package dev.authstarter.keys;

import java.util.List;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;

/**
 * Looks up the keys of an issuer like a request that waits on its own thread.
 */
final class WaitingKeys {

	private WaitingKeys() {
	}

	/** Find the keys that fit a token. */
	static List<JWK> find(IssuerKeys keys, JWSHeader header) throws KeysUnavailableException {
		return find(keys, header, List.of());
	}

	/** Find the keys that fit a token, other than some that do not verify it. */
	static List<JWK> find(IssuerKeys keys, JWSHeader header, List<JWK> tried) throws KeysUnavailableException {
		KeySet known = await(keys.current());
		List<JWK> found = known.find(header, tried);
		return found.isEmpty() ? await(keys.seek(header, tried, known)).find(header, tried) : found;
	}

	/** Name the present keys. */
	static Object version(IssuerKeys keys) throws KeysUnavailableException {
		return await(keys.current()).version();
	}

	private static KeySet await(KeyLookup lookup) throws KeysUnavailableException {
		KeyLookup arrived = lookup;
		if (lookup instanceof KeyLookup.Pending pending) {
			pending.arrival().join();
			arrived = pending.look();
		}
		if (arrived instanceof KeySet set) {
			return set;
		}
		throw new KeysUnavailableException();
	}

	/**
	 * No keys are known.
	 */
	@SuppressWarnings("serial")
	static final class KeysUnavailableException extends Exception {

	}

}
