package dev.authstarter.token;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A verification that waits for the keys of the issuer or for its introspection response.
 *
 * @param arrival completed when the data has arrived or the wait has timed out; within a
 * bounded time, and never exceptionally
 * @param next continues the verification on a thread of the caller; do not run it on the
 * thread that completes {@code arrival}
 */
public record PendingVerification(CompletableFuture<?> arrival, Supplier<Verification> next) implements Verification {

	/**
	 * Continue the verification. If the data has not arrived, the token is refused.
	 * @return the result, which may be pending again for other data
	 */
	public Verification resume() {
		return this.next.get();
	}

}
