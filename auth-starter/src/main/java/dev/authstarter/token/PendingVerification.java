package dev.authstarter.token;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A token cannot be verified before something arrives: the keys of its issuer, or the
 * issuer's answer about it.
 *
 * @param arrival completed when it has arrived, or will not arrive in time; within a
 * bounded time, and it never fails
 * @param next goes on with the verification, on a thread of the caller: the one that
 * completes {@code arrival} must not be given other work
 */
public record PendingVerification(CompletableFuture<?> arrival, Supplier<Verification> next) implements Verification {

	/**
	 * Go on with the verification. Where nothing has arrived yet, the token is refused
	 * for want of it.
	 * @return what came of it; it may be pending again, for something else
	 */
	public Verification resume() {
		return this.next.get();
	}

}
