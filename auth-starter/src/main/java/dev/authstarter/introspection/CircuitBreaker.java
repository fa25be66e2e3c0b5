package dev.authstarter.introspection;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import dev.authstarter.event.Pause;
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

	/** Requests without a good token can cause warnings. */
	static final Duration WARNING_INTERVAL = Duration.ofMinutes(1);

	private final IntrospectionEndpoint endpoint;

	private final AtomicInteger failures = new AtomicInteger();

	/** Between two questions while questions are paused. */
	private final Pause probes;

	/**
	 * What the server asked for: an answer to an earlier question does not end it.
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
	 * Tell whether a question would be turned away now.
	 */
	boolean isOpen() {
		return this.quiet.lasts() || (isPaused() && this.probes.lasts());
	}

	/**
	 * Let a question pass, if it may: whoever calls this asks it. While questions are
	 * paused, one of those that come at the same time passes.
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
	 * Count a failure.
	 * @param message what failed, for the operator
	 */
	void fail(String message) {
		if (this.failures.incrementAndGet() == FAILURES_TO_PAUSE) {
			this.probes.begin();
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
		this.quiet.begin(pause);
		warn(message);
	}

	private void warn(String message) {
		if (this.warnings.tryBegin()) {
			logger.warn(LogMessage.format("Introspection failed: %s", message));
		}
	}

}
