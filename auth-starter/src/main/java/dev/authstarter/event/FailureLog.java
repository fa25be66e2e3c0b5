package dev.authstarter.event;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Logs that code of the application fails where a request is answered all the same, so
 * that whoever sends the requests cannot fill the log: of each failing part the first
 * failure with its stack trace, then at most one line a minute with their number. At
 * DEBUG every failure is logged with its stack trace.
 */
public final class FailureLog {

	static final Duration WINDOW = Duration.ofMinutes(1);

	private final Log logger;

	private final Clock clock;

	private final Map<String, Window> windows = new ConcurrentHashMap<>();

	/**
	 * Log in the name of a class.
	 * @param owner the class that calls the application's code
	 * @param clock the time
	 */
	public FailureLog(Class<?> owner, Clock clock) {
		this.logger = LogFactory.getLog(owner);
		this.clock = clock;
	}

	/**
	 * Note a failure.
	 * @param sentence what fails and what that means. There must be few different ones:
	 * each is remembered.
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
			// Without the message, which may quote what a stranger sent.
			this.logger.warn("%s (%d more since the last line, now %s)".formatted(sentence, window.line(),
					failure.getClass().getName()));
		}
	}

	/**
	 * A minute of one sentence.
	 *
	 * @param start when the last line was written
	 * @param held how many failures were not logged since
	 * @param line how many failures the line to write now stands for; 0 where there is
	 * none to write
	 */
	private record Window(long start, int held, int line) {

		static final int FIRST = -1;

		private static final int MAXIMUM = 1_000_000_000;

		/** Also where the clock was set back: nobody waits for it to come back. */
		Window next(long now) {
			boolean over = now < this.start || now - this.start >= WINDOW.toMillis();
			int failures = Math.min(this.held, MAXIMUM) + 1;
			return over ? new Window(now, 0, failures) : new Window(this.start, failures, 0);
		}

	}

}
