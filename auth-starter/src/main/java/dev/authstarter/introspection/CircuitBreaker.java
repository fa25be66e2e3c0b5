package dev.authstarter.introspection;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import dev.authstarter.event.LogInterval;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.log.LogMessage;

/**
 * Pauses the questions to an introspection endpoint that fails again and again, and tells
 * the operator. While it is paused, one question a second goes to the endpoint; the first
 * that is answered ends the pause.
 */
final class CircuitBreaker {

	private static final Log logger = LogFactory.getLog(Introspection.class);

	private static final int FAILURES_TO_PAUSE = 5;

	private static final Duration PROBE_INTERVAL = Duration.ofSeconds(1);

	private final IntrospectionEndpoint endpoint;

	private final Clock clock;

	private final AtomicInteger failures = new AtomicInteger();

	private final AtomicReference<Instant> nextProbe = new AtomicReference<>(Instant.MIN);

	/**
	 * An answer to an earlier question does not end the time that the server asked for.
	 */
	private final AtomicReference<Instant> quietUntil = new AtomicReference<>(Instant.MIN);

	private final LogInterval warnings;

	CircuitBreaker(IntrospectionEndpoint endpoint, Clock clock) {
		this.endpoint = endpoint;
		this.clock = clock;
		this.warnings = new LogInterval(clock);
	}

	/**
	 * Tell whether a question would be turned away now.
	 */
	boolean isOpen() {
		return lasts(Objects.requireNonNull(this.quietUntil.get()), Unanswered.LONGEST_PAUSE)
				|| (isPaused() && lasts(Objects.requireNonNull(this.nextProbe.get()), PROBE_INTERVAL));
	}

	/**
	 * Where the end is further away than it can be, the clock was set back. It is read
	 * after the end is, which another thread may have set a moment ago.
	 */
	private boolean lasts(Instant end, Duration longest) {
		Instant now = this.clock.instant();
		return now.isBefore(end) && !now.plus(longest).isBefore(end);
	}

	/**
	 * Let a question pass, if it may: whoever calls this asks it. While questions are
	 * paused, one of those that come at the same time passes.
	 */
	boolean tryPass() {
		if (isOpen()) {
			return false;
		}
		if (!isPaused()) {
			return true;
		}
		Instant due = Objects.requireNonNull(this.nextProbe.get());
		return !lasts(due, PROBE_INTERVAL)
				&& this.nextProbe.compareAndSet(due, this.clock.instant().plus(PROBE_INTERVAL));
	}

	private boolean isPaused() {
		return this.failures.get() >= FAILURES_TO_PAUSE;
	}

	void succeed() {
		if (this.failures.getAndSet(0) >= FAILURES_TO_PAUSE) {
			logger.info(LogMessage.format("%s is available again", this.endpoint));
		}
	}

	/**
	 * Count a failure.
	 * @param message what failed, for the operator
	 */
	void fail(String message) {
		if (this.failures.incrementAndGet() == FAILURES_TO_PAUSE) {
			this.nextProbe.set(this.clock.instant().plus(PROBE_INTERVAL));
		}
		warn(message);
	}

	/**
	 * Ask nothing for a while, or for longer where another answer asked for that.
	 * @param pause how long
	 * @param message why, for the operator
	 */
	void pause(Duration pause, String message) {
		this.failures.accumulateAndGet(FAILURES_TO_PAUSE, Math::max);
		this.quietUntil.accumulateAndGet(this.clock.instant().plus(pause), (before,
				asked) -> (asked.isAfter(before) || !lasts(before, Unanswered.LONGEST_PAUSE)) ? asked : before);
		warn(message);
	}

	private void warn(String message) {
		if (this.warnings.isDue()) {
			logger.warn(LogMessage.format("Introspection failed: %s", message));
		}
	}

}
