package dev.authstarter.keys;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The result of looking up an issuer's keys.
 */
public sealed interface KeyLookup permits KeySet, KeyLookup.Pending, KeyLookup.Unavailable {

	/**
	 * The keys are being fetched.
	 *
	 * @param arrival completed when the fetch has ended or the wait has timed out; within
	 * a bounded time, and never exceptionally. A thread that fetches keys completes it
	 * and must not run other work
	 * @param next looks up the keys again: a set, or {@link Unavailable}
	 */
	record Pending(CompletableFuture<?> arrival, Supplier<KeyLookup> next) implements KeyLookup {

		/**
		 * Look up the keys again, whether or not the fetch has ended.
		 * @return the keys that are available by now, or that none are
		 */
		public KeyLookup look() {
			return this.next.get();
		}

	}

	/**
	 * The issuer's keys are not available at the moment, so that tokens cannot be
	 * verified.
	 */
	record Unavailable() implements KeyLookup {

	}

}
