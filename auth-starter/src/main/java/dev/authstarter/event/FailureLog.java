package dev.authstarter.event;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Logs failures of application code at a limited rate, so that clients cannot fill the
 * log. For each failing part the first failure is logged with its stack trace, then at
 * most one line a minute with the number of failures. At DEBUG every failure is logged
 * with its stack trace.
 */
public final class FailureLog {

	static final Duration WINDOW = Duration.ofMinutes(1);

	private final Log logger;

	private final Clock clock;

	private final Map<String, Window> windows = new ConcurrentHashMap<>();

	/**
	 * Create a log.
	 * @param owner the class that calls the application's code; it names the logger
	 * @param clock the clock
	 */
	public FailureLog(Class<?> owner, Clock clock) {
		this.logger = LogFactory.getLog(owner);
		this.clock = clock;
	}

	/**
	 * Record a failure.
	 * @param sentence what fails and the consequence. Use few different sentences: each
	 * is kept in memory.
	 * @param failure the exception
	 */
	public void note(String sentence, Throwable failure) {
		long now = this.clock.millis();
		Window window = this.windows.compute(sentence,
				(key, before) -> (before != null) ? before.next(now) : new Window(now, 0, Window.FIRST));
		if (window.line() == Window.FIRST || this.logger.isDebugEnabled()) {
			this.logger.warn(sentence, failure);
		}
		else if (window.line() > 0) {
			// Without the message, which may contain input of a client.
			this.logger.warn("%s (%d more since the last line, now %s)".formatted(sentence, window.line(),
					failure.getClass().getName()));
		}
	}

	/**
	 * The state of one sentence within a minute.
	 *
	 * @param start when the last line was written
	 * @param held how many failures were not logged since
	 * @param line how many failures the line to write now stands for; 0 if there is none
	 * to write
	 */
	private record Window(long start, int held, int line) {

		static final int FIRST = -1;

		private static final int MAXIMUM = 1_000_000_000;

		/** A clock that was set back also ends the window. */
		Window next(long now) {
			boolean over = now < this.start || now - this.start >= WINDOW.toMillis();
			int failures = Math.min(this.held, MAXIMUM) + 1;
			return over ? new Window(now, 0, failures) : new Window(this.start, failures, 0);
		}

	}

}
