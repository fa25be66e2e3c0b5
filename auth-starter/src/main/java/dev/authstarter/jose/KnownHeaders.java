package dev.authstarter.jose;

import java.util.List;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.jwk.JWK;
import org.jspecify.annotations.Nullable;

/**
 * Caches the headers of tokens with a valid signature, and the keys they selected: an
 * issuer writes the same header for as long as it signs with the same key. Only headers
 * of tokens with a valid signature are stored.
 */
public final class KnownHeaders {

	private static final int MAXIMUM_HEADERS = 256;

	private static final int MAXIMUM_LENGTH = 1_000;

	private final Cache<String, KnownHeader> headers = Caffeine.newBuilder().maximumSize(MAXIMUM_HEADERS).build();

	/**
	 * Find a header.
	 * @param encoded the first part of a token
	 * @return the header, or {@code null} if it is not cached
	 */
	@Nullable JoseHeader find(String encoded) {
		KnownHeader known = this.headers.getIfPresent(encoded);
		return (known != null) ? known.header() : null;
	}

	/**
	 * Find the keys that a header selected.
	 * @param jws the token, which may be forged
	 * @param keySet the current keys of its issuer, compared by identity
	 * @return the keys, or {@code null} if they are not cached
	 */
	public @Nullable List<JWK> keys(CompactJws jws, Object keySet) {
		KnownHeader known = this.headers.getIfPresent(jws.encodedHeader());
		return (known != null && known.keySet() == keySet) ? known.keys() : null;
	}

	/**
	 * Store the header of a token with a valid signature.
	 * @param genuine the token
	 * @param keySet the keys of its issuer, compared by identity
	 * @param keys the keys of the set that the header selected
	 */
	public void remember(CompactJws genuine, Object keySet, List<JWK> keys) {
		String encoded = genuine.encodedHeader();
		if (encoded.length() <= MAXIMUM_LENGTH && keys(genuine, keySet) == null) {
			this.headers.put(encoded, new KnownHeader(genuine.header(), keySet, keys));
		}
	}

	/**
	 * A cached header with the keys that it selected.
	 */
	private record KnownHeader(JoseHeader header, Object keySet, List<JWK> keys) {

	}

}
