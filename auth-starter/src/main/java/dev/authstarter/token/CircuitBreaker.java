package dev.authstarter.token;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.log.LogMessage;

/**
 * Leaves an introspection endpoint alone for a moment when it fails again and again, and
 * tells the operator.
 */
final class CircuitBreaker {

	private static final Log logger = LogFactory.getLog(Introspection.class);

	private static final int FAILURES_TO_PAUSE = 5;

	private static final Duration PAUSE = Duration.ofSeconds(5);

	private static final Duration WARNING_INTERVAL = Duration.ofMinutes(1);

	private final IntrospectionEndpoint endpoint;

	private final Clock clock;

	private final AtomicInteger failures = new AtomicInteger();

	private final AtomicReference<Instant> nextWarning = new AtomicReference<>(Instant.MIN);

	private volatile Instant pausedUntil = Instant.MIN;

	CircuitBreaker(IntrospectionEndpoint endpoint, Clock clock) {
		this.endpoint = endpoint;
		this.clock = clock;
	}

	boolean isOpen() {
		return this.clock.instant().isBefore(this.pausedUntil);
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
		Instant now = this.clock.instant();
		if (this.failures.incrementAndGet() >= FAILURES_TO_PAUSE) {
			this.pausedUntil = now.plus(PAUSE);
		}
		Instant due = this.nextWarning.get();
		if (!now.isBefore(due) && this.nextWarning.compareAndSet(due, now.plus(WARNING_INTERVAL))) {
			logger.warn(LogMessage.format("Introspection failed: %s", message));
		}
	}

}
