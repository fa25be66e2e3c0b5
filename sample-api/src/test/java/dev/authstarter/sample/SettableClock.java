package dev.authstarter.sample;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * The system's clock, moved ahead by the test.
 */
public final class SettableClock extends Clock {

	private volatile Duration ahead = Duration.ZERO;

	public void setAhead(Duration ahead) {
		this.ahead = ahead;
	}

	@Override
	public Instant instant() {
		return Clock.systemUTC().instant().plus(this.ahead);
	}

	@Override
	public ZoneId getZone() {
		return Clock.systemUTC().getZone();
	}

	@Override
	public Clock withZone(ZoneId zone) {
		throw new UnsupportedOperationException();
	}

}
