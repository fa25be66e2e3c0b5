package dev.authstarter.keys;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * How often tokens may have an issuer's keys fetched: {@value #BURST} times at once, and
 * once more for every interval that passes. Before a token is verified, a new key id
 * cannot be distinguished from an invented one, so the limit applies to both.
 */
final class FetchAllowance {

	static final int BURST = 3;

	static final Duration INTERVAL = Duration.ofSeconds(10);

	private static final Duration ALL = INTERVAL.multipliedBy(BURST);

	private final Clock clock;

	/** The time at which all fetches are allowed again. */
	private Instant full = Instant.MIN;

	FetchAllowance(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Take one fetch.
	 * @return whether one was left
	 */
	synchronized boolean take() {
		Instant now = this.clock.instant();
		// After the clock was set back, the time can be further away than the limit
		// allows.
		if (this.full.isBefore(now) || this.full.isAfter(now.plus(ALL))) {
			this.full = now;
		}
		Instant next = this.full.plus(INTERVAL);
		if (next.isAfter(now.plus(ALL))) {
			return false;
		}
		this.full = next;
		return true;
	}

}
