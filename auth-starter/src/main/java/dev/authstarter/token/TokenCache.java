package dev.authstarter.token;

import java.time.Duration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * Remembers verified tokens, so that the same token is not verified again. It remembers
 * signatures, never decisions: whoever finds a token here still judges its time and the
 * version of its keys.
 */
final class TokenCache {

	/** After this time even a token that never expires is verified again. */
	private static final Duration MAXIMUM_AGE = Duration.ofHours(1);

	/** Bytes that an entry takes whatever the token says. */
	private static final int ENTRY_SIZE = 800;

	/** Bytes for each character of the token: in its text, and again in what it says. */
	private static final int SIZE_PER_CHARACTER = 2;

	private final Cache<Key, VerifiedToken> tokens;

	TokenCache(DataSize maximumSize) {
		// No expiry by each token's own time: it costs as much as the look-up, and the
		// time is judged anyway.
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

	/** For the meters; nothing else may touch it. */
	Cache<Key, VerifiedToken> cache() {
		return this.tokens;
	}

	/**
	 * A whole token. Equal tokens are equal in every character; only the hash is taken
	 * from a few, which differ from token to token: those near the end of the signature.
	 * Nobody can fill the table with tokens of one hash, since only genuine ones get in.
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

		/** Never the token. */
		@Override
		public String toString() {
			return "Key[" + this.token.length() + " characters]";
		}

	}

}
