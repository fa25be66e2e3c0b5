package dev.authstarter.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the headers of genuine tokens: an issuer writes the same one for as long as
 * it signs with the same key. Strangers can add nothing.
 */
final class KnownHeaders {

	private static final int MAXIMUM_HEADERS = 256;

	private static final int MAXIMUM_LENGTH = 1_000;

	private final Cache<String, JoseHeader> headers = Caffeine.newBuilder().maximumSize(MAXIMUM_HEADERS).build();

	/**
	 * Find a header.
	 * @param encoded the first part of a token
	 * @return the header, or {@code null} if it was in no genuine token
	 */
	@Nullable JoseHeader find(String encoded) {
		return this.headers.getIfPresent(encoded);
	}

	/**
	 * Remember the header of a token whose signature is good.
	 */
	void remember(CompactJws genuine) {
		String encoded = genuine.encodedHeader();
		if (encoded.length() <= MAXIMUM_LENGTH && this.headers.getIfPresent(encoded) == null) {
			this.headers.put(encoded, genuine.header());
		}
	}

}
