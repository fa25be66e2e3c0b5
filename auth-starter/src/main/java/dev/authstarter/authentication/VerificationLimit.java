package dev.authstarter.authentication;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

import dev.authstarter.token.Verification;

/**
 * Limits how many request threads verify new tokens at the same time to the number of
 * processors. The others wait. If all of them verified at once, a flood of forged tokens
 * would delay each request with a known token until the operating system has let every
 * other thread run.
 * <p>
 * It is not fair: a fair one would give each free place to a waiting thread, which has to
 * be woken first.
 */
final class VerificationLimit {

	private final Semaphore places;

	private VerificationLimit(Semaphore places) {
		this.places = places;
	}

	/**
	 * Create a limit for verifications that do not block.
	 * @param processors the number of processors
	 * @return the limit
	 */
	static VerificationLimit processors(int processors) {
		return new VerificationLimit(new Semaphore(processors));
	}

	/**
	 * Create a limit that has no effect, for verifications that may block, because code
	 * of the application takes part in them.
	 * @return the limit
	 */
	static VerificationLimit none() {
		return new VerificationLimit(new Semaphore(Integer.MAX_VALUE));
	}

	/**
	 * Verify a token as soon as fewer threads verify one. Interruption does not end the
	 * wait, which is short because no verification blocks.
	 * @param verification the verification
	 * @return its result
	 */
	Verification verify(Supplier<Verification> verification) {
		this.places.acquireUninterruptibly();
		try {
			return verification.get();
		}
		finally {
			this.places.release();
		}
	}

}
