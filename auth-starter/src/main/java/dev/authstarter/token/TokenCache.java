package dev.authstarter.token;

import java.time.Duration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * Caches verified tokens, so that a signature is verified once. Access decisions are not
 * cached: the caller of this cache validates the token's time and the version of the
 * issuer's keys on every request.
 */
final class TokenCache {

	/** The age at which any token is verified again. */
	private static final Duration MAXIMUM_AGE = Duration.ofHours(1);

	/** The size of an entry in bytes, without its token. */
	private static final int ENTRY_SIZE = 800;

	/** Bytes for each character of the token: once for its text, once for its content. */
	private static final int SIZE_PER_CHARACTER = 2;

	private final Cache<Key, VerifiedToken> tokens;

	TokenCache(DataSize maximumSize) {
		// Entries do not expire at the token's own expiry time, because the time is
		// validated on every request anyway.
		this.tokens = Caffeine.newBuilder()
			.maximumWeight(maximumSize.toBytes())
			.weigher((Key key, VerifiedToken token) -> ENTRY_SIZE + SIZE_PER_CHARACTER * key.token.length()
					+ token.retainedSize())
			.expireAfterWrite(MAXIMUM_AGE)
			.recordStats()
			.build();
	}

	@Nullable VerifiedToken find(String token) {
		return this.tokens.getIfPresent(new Key(token));
	}

	void remember(VerifiedToken token) {
		this.tokens.put(new Key(token.jwt().getTokenValue()), token);
	}

	void forget(String token) {
		this.tokens.invalidate(new Key(token));
	}

	/** Return the underlying cache, for metrics only. */
	Cache<Key, VerifiedToken> cache() {
		return this.tokens;
	}

	/**
	 * A cache key that holds the whole token. Equality compares every character. The hash
	 * uses a few characters near the end of the signature, where tokens differ. Only
	 * verified tokens are stored, so that clients cannot fill the table with colliding
	 * hashes.
	 */
	static final class Key {

		private static final int HASHED = 16;

		/** The last characters of a base64 text carry fewer bits than the others. */
		private static final int UNHASHED = 2;

		private final String token;

		private final int hash;

		Key(String token) {
			this.token = token;
			int end = Math.max(0, token.length() - UNHASHED);
			int hash = token.length();
			for (int i = Math.max(0, end - HASHED); i < end; i++) {
				hash = 31 * hash + token.charAt(i);
			}
			this.hash = hash;
		}

		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof Key key && this.hash == key.hash && this.token.equals(key.token);
		}

		@Override
		public int hashCode() {
			return this.hash;
		}

		/** Return a text without the token. */
		@Override
		public String toString() {
			return "Key[" + this.token.length() + " characters]";
		}

	}

}
