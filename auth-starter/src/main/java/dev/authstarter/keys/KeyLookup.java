package dev.authstarter.keys;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * What came of looking for an issuer's keys.
 */
public sealed interface KeyLookup permits KeySet, KeyLookup.Pending, KeyLookup.Unavailable {

	/**
	 * The keys are being fetched, and may be worth waiting for.
	 *
	 * @param arrival completed when the fetch has ended, or will not end in time; within
	 * a bounded time, and it never fails. It is completed by a thread that fetches keys,
	 * which must not be given other work
	 * @param next looks for the keys once more: a set, or {@link Unavailable}
	 */
	record Pending(CompletableFuture<?> arrival, Supplier<KeyLookup> next) implements KeyLookup {

		/**
		 * Look for the keys once more, whether or not the fetch has ended.
		 * @return the keys that are known by now, or that none are
		 */
		public KeyLookup look() {
			return this.next.get();
		}

	}

	/**
	 * The issuer's keys are not known at the moment, so nothing can be said about a
	 * token.
	 */
	record Unavailable() implements KeyLookup {

	}

}
