package dev.authstarter.reactive.chain;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import dev.authstarter.Reason;
import dev.authstarter.token.RefusedToken;
import dev.authstarter.token.Verification;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The threads on which tokens are verified that are not in the cache. Verifying a
 * signature takes up to a millisecond of processor time, also if it is forged. Therefore
 * these threads are not Reactor's, which the application uses for its own work, they
 * leave one processor to the event loops, and the number of tokens that wait for them is
 * limited.
 */
public final class VerificationThreads implements AutoCloseable {

	/** On Java 17 and one processor, 1,000 ES256 signatures take about a second. */
	static final int MAX_WAITING = 1000;

	private static final String NAME = "auth-verification";

	private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);

	private static final Log logger = LogFactory.getLog(VerificationThreads.class);

	private final Scheduler scheduler;

	private final Clock clock;

	private final AtomicInteger waiting = new AtomicInteger();

	private final AtomicReference<Instant> nextWarning = new AtomicReference<>(Instant.MIN);

	private VerificationThreads(Scheduler scheduler, Clock clock) {
		this.scheduler = scheduler;
		this.clock = clock;
	}

	/**
	 * Create the threads for verifications that do not block.
	 * @param processors the number of processors
	 * @param clock the clock for the time between two warnings
	 * @return the threads, which are started when they are needed
	 */
	public static VerificationThreads nonBlocking(int processors, Clock clock) {
		return new VerificationThreads(Schedulers.newParallel(NAME, Math.max(1, processors - 1), true), clock);
	}

	/**
	 * Create the threads for verifications that may block, because code of the
	 * application takes part in them.
	 * @param clock the clock for the time between two warnings
	 * @return the threads, which are started when they are needed
	 */
	public static VerificationThreads blocking(Clock clock) {
		return new VerificationThreads(
				Schedulers.newBoundedElastic(Schedulers.DEFAULT_BOUNDED_ELASTIC_SIZE, MAX_WAITING, NAME, 60, true),
				clock);
	}

	/**
	 * Verify a token on one of these threads.
	 * @param verification the verification
	 * @return its result; {@link Reason#KEYS_UNAVAILABLE} if too many tokens are waiting
	 */
	Mono<Verification> verify(Supplier<Verification> verification) {
		return Mono.defer(() -> {
			if (this.waiting.incrementAndGet() > MAX_WAITING) {
				this.waiting.decrementAndGet();
				warn();
				return Mono.just(new RefusedToken(Reason.KEYS_UNAVAILABLE, null));
			}
			return Mono.fromSupplier(verification)
				.subscribeOn(this.scheduler)
				.doFinally((signal) -> this.waiting.decrementAndGet());
		});
	}

	private void warn() {
		Instant now = this.clock.instant();
		Instant due = this.nextWarning.get();
		if (!now.isBefore(due) && this.nextWarning.compareAndSet(due, now.plus(BETWEEN_WARNINGS))) {
			logger
				.warn(MAX_WAITING + " tokens are waiting to be verified. Until there are fewer, tokens that are not in "
						+ "the cache are answered with 503");
		}
	}

	/** Stop the threads. */
	@Override
	public void close() {
		this.scheduler.dispose();
	}

}
