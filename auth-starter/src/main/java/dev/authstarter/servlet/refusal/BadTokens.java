package dev.authstarter.servlet.refusal;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import dev.authstarter.event.FailureLog;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Asks the throttle about the refusals that are for it to decide: those of a token that
 * never was good here. A caller who may do less than it tried, one whose token was good
 * and is over, and one without a token get their answer always, since each of them can
 * mend it at once and has to be told how.
 */
public final class BadTokens {

	private static final String INVALID_TOKEN = "invalid_token";

	/** Of tokens that may be genuine: a new one, or a little patience, would do. */
	private static final Set<Reason> ONCE_GOOD = Collections
		.unmodifiableSet(EnumSet.of(Reason.TOKEN_EXPIRED, Reason.TOKEN_NOT_YET_VALID, Reason.REFUSED_BY_RULE));

	private final @Nullable RefusalThrottle throttle;

	private final FailureLog failures;

	/**
	 * Ask this one.
	 * @param throttle what decides, or {@code null} if nobody is told to stop
	 * @param failures where it is noted that it fails
	 */
	public BadTokens(@Nullable RefusalThrottle throttle, FailureLog failures) {
		this.throttle = throttle;
		this.failures = failures;
	}

	/**
	 * Decide how a refusal is answered.
	 * @return {@code null} to answer with it, or for how long its source should stop
	 */
	@Nullable Duration pause(Refusal refusal, HttpServletRequest request) {
		if (this.throttle == null || !isBad(refusal.reason())) {
			return null;
		}
		try {
			return this.throttle.pause(refusal, request);
		}
		catch (Exception | LinkageError | StackOverflowError | AssertionError ex) {
			this.failures.note("The throttle fails, and no source of bad tokens is told to stop", ex);
			return null;
		}
	}

	static boolean isBad(Reason reason) {
		return INVALID_TOKEN.equals(reason.error()) && !ONCE_GOOD.contains(reason);
	}

}
