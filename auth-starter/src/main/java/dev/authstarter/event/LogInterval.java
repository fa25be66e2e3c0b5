package dev.authstarter.event;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Lets one line a minute into the log, where whoever sends requests could fill it.
 */
public final class LogInterval {

	private static final Duration INTERVAL = Duration.ofMinutes(1);

	private final Clock clock;

	private final AtomicReference<Instant> next = new AtomicReference<>(Instant.MIN);

	public LogInterval(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Tell whether a line may be written; then the next one has to wait.
	 */
	public boolean isDue() {
		Instant due = this.next.get();
		Instant now = this.clock.instant();
		// It is further away than it can be where the clock was set back.
		boolean waits = now.isBefore(due) && !now.plus(INTERVAL).isBefore(due);
		return !waits && this.next.compareAndSet(due, now.plus(INTERVAL));
	}

}
