package dev.authstarter.token;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Lets one line a minute into the log, where whoever sends requests could fill it.
 */
final class LogInterval {

	private static final Duration INTERVAL = Duration.ofMinutes(1);

	private final Clock clock;

	private final AtomicReference<Instant> next = new AtomicReference<>(Instant.MIN);

	LogInterval(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Tell whether a line may be written; then the next one has to wait.
	 */
	boolean isDue() {
		Instant now = this.clock.instant();
		Instant due = this.next.get();
		return !now.isBefore(due) && this.next.compareAndSet(due, now.plus(INTERVAL));
	}

}
