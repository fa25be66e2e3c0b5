package dev.authstarter.introspection;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import dev.authstarter.event.Pause;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.log.LogMessage;

/**
 * Pauses the calls to an introspection endpoint that fails repeatedly, and logs it.
 * During a pause, one call a second goes to the endpoint; the first successful one ends
 * the pause.
 */
final class CircuitBreaker {

	private static final Log logger = LogFactory.getLog(Introspection.class);

	private static final int FAILURES_TO_PAUSE = 5;

	private static final Duration PROBE_INTERVAL = Duration.ofSeconds(1);

	/** The interval is long because requests without a valid token can cause warnings. */
	static final Duration WARNING_INTERVAL = Duration.ofMinutes(1);

	private final IntrospectionEndpoint endpoint;

	private final AtomicInteger failures = new AtomicInteger();

	/** The interval between two calls during a pause. */
	private final Pause probes;

	/**
	 * The pause that the server requested; a response to an earlier call does not end it.
	 */
	private final Pause quiet;

	private final Pause warnings;

	CircuitBreaker(IntrospectionEndpoint endpoint, Clock clock) {
		this.endpoint = endpoint;
		this.probes = new Pause(PROBE_INTERVAL, clock);
		this.quiet = new Pause(Unanswered.LONGEST_PAUSE, clock);
		this.warnings = new Pause(WARNING_INTERVAL, clock);
	}

	/**
	 * Return whether a call would be rejected now.
	 */
	boolean isOpen() {
		return this.quiet.lasts() || (isPaused() && this.probes.lasts());
	}

	/**
	 * Try to start a call. After {@code true} the caller must make the call. During a
	 * pause, one of several concurrent callers gets {@code true}.
	 */
	boolean tryPass() {
		return !this.quiet.lasts() && (!isPaused() || this.probes.tryBegin());
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
	 * Record a failure.
	 * @param message the failure, for the operator
	 */
	void fail(String message) {
		if (this.failures.incrementAndGet() == FAILURES_TO_PAUSE) {
			this.probes.begin();
		}
		warn(message);
	}

	/**
	 * Start a pause, or extend it if another response requested a longer one.
	 * @param pause the length
	 * @param message the cause, for the operator
	 */
	void pause(Duration pause, String message) {
		this.failures.accumulateAndGet(FAILURES_TO_PAUSE, Math::max);
		this.quiet.begin(pause);
		warn(message);
	}

	private void warn(String message) {
		if (this.warnings.tryBegin()) {
			logger.warn(LogMessage.format("Introspection failed: %s", message));
		}
	}

}
