package dev.authstarter.event;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A period in which an action is not repeated, for example a failed call or a log line
 * that requests can cause. The pause also ends if the clock is set back so far that its
 * end is later than its longest duration allows.
 */
public final class Pause {

	private final Duration longest;

	private final Clock clock;

	private final AtomicReference<Instant> end = new AtomicReference<>(Instant.MIN);

	/**
	 * Create a pause that has not begun.
	 * @param longest the default and maximum duration
	 * @param clock the clock
	 */
	public Pause(Duration longest, Clock clock) {
		this.longest = longest;
		this.clock = clock;
	}

	/**
	 * Return whether the pause has begun and has not ended.
	 */
	public boolean lasts() {
		return lasts(Objects.requireNonNull(this.end.get()));
	}

	/** The clock is read last: another thread may have set the end a moment ago. */
	private boolean lasts(Instant end) {
		Instant now = this.clock.instant();
		return now.isBefore(end) && !now.plus(this.longest).isBefore(end);
	}

	/**
	 * Begin the pause, or restart it.
	 */
	public void begin() {
		begin(this.longest);
	}

	/**
	 * Begin the pause, or extend it if less time is left.
	 * @param length the duration from now; not longer than the maximum
	 */
	public void begin(Duration length) {
		this.end.accumulateAndGet(this.clock.instant().plus(length),
				(before, next) -> (next.isAfter(before) || !lasts(before)) ? next : before);
	}

	/**
	 * Begin the pause unless it is active.
	 * @return whether it begins; {@code true} for only one of several concurrent calls
	 */
	public boolean tryBegin() {
		Instant before = Objects.requireNonNull(this.end.get());
		return !lasts(before) && this.end.compareAndSet(before, this.clock.instant().plus(this.longest));
	}

}
