package dev.authstarter.event;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A time in which something is not done again: what failed is not tried, and a line that
 * requests can cause does not fill the log. It is over, too, where the clock is set back
 * so far that its end is further away than it can be.
 */
public final class Pause {

	private final Duration longest;

	private final Clock clock;

	private final AtomicReference<Instant> end = new AtomicReference<>(Instant.MIN);

	/**
	 * Make a pause that has not begun.
	 * @param longest how long it lasts, or may last at most
	 * @param clock the time
	 */
	public Pause(Duration longest, Clock clock) {
		this.longest = longest;
		this.clock = clock;
	}

	/**
	 * Tell whether the pause has begun and is not over.
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
	 * Begin the pause, or begin it anew.
	 */
	public void begin() {
		begin(this.longest);
	}

	/**
	 * Begin the pause, or make it longer if less than that is left.
	 * @param length how long it lasts from now on; no longer than the longest
	 */
	public void begin(Duration length) {
		this.end.accumulateAndGet(this.clock.instant().plus(length),
				(before, next) -> (next.isAfter(before) || !lasts(before)) ? next : before);
	}

	/**
	 * Begin the pause unless it lasts.
	 * @return whether it begins; of several calls at the same time, for one alone
	 */
	public boolean tryBegin() {
		Instant before = Objects.requireNonNull(this.end.get());
		return !lasts(before) && this.end.compareAndSet(before, this.clock.instant().plus(this.longest));
	}

}
