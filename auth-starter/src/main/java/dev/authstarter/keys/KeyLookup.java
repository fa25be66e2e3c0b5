package dev.authstarter.keys;

import java.util.concurrent.CompletableFuture;

/**
 * What came of looking for an issuer's keys.
 */
public sealed interface KeyLookup permits KeySet, KeyLookup.Pending, KeyLookup.Unavailable {

	/**
	 * The keys are being fetched, and may be worth waiting for.
	 *
	 * @param result what comes of it: a set or {@link Unavailable}, after a bounded time;
	 * it never fails. It is completed by a thread that fetches keys, which must not be
	 * given other work
	 */
	record Pending(CompletableFuture<KeyLookup> result) implements KeyLookup {

		/**
		 * Look at what has arrived.
		 * @return the result, {@link Unavailable} if there is none yet
		 */
		public KeyLookup arrived() {
			return this.result.getNow(new Unavailable());
		}

	}

	/**
	 * The issuer's keys are not known at the moment, so nothing can be said about a
	 * token.
	 */
	record Unavailable() implements KeyLookup {

	}

}
