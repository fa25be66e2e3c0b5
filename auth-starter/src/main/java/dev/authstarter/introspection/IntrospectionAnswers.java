package dev.authstarter.introspection;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;

/**
 * Caches introspection responses, keyed by digests of the tokens.
 */
final class IntrospectionAnswers {

	/*
	 * Three separate caches, so that unauthenticated clients can neither fill nor empty
	 * those of valid tokens: the first two hold only tokens that the issuer called
	 * active.
	 *
	 * For an active token the response is cached, never a decision: expiry, audience and
	 * all else are validated on every request. It is used until its time to live ends.
	 *
	 * That a token was active is cached for longer, without its claims. This only
	 * distinguishes tokens that were active before from unknown texts.
	 *
	 * An inactive token is refused for a few seconds without another call. No longer,
	 * because it may become active: it may not be valid yet, and an issuer of several
	 * instances may not have replicated it yet.
	 */

	private static final int MAXIMUM_ACTIVE = 10_000;

	private static final int MAXIMUM_INACTIVE = 1_000;

	private static final Duration INACTIVE_TIME_TO_LIVE = Duration.ofSeconds(5);

	private final Duration timeToLive;

	private final Duration renewAfter;

	private final Clock clock;

	private final Cache<String, IntrospectionAnswer> active;

	private final Cache<String, Boolean> known = memory(MAXIMUM_ACTIVE);

	private final Cache<String, IntrospectionAnswer> inactive = memory(MAXIMUM_INACTIVE);

	/**
	 * Create the caches.
	 * @param timeToLive how long a response about an active token is used
	 * @param renewAfter the age at which such a response should be renewed
	 * @param clock the clock
	 */
	IntrospectionAnswers(Duration timeToLive, Duration renewAfter, Clock clock) {
		this.timeToLive = timeToLive;
		this.renewAfter = renewAfter;
		this.clock = clock;
		// Claims are large, and most tokens are not sent again after a while.
		this.active = Caffeine.newBuilder()
			.maximumSize(MAXIMUM_ACTIVE)
			.expireAfterWrite(timeToLive)
			.ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
			.build();
	}

	private static <T> Cache<String, T> memory(int maximumSize) {
		return Caffeine.newBuilder().maximumSize(maximumSize).build();
	}

	/**
	 * Return the cached response, unless it has expired.
	 */
	@Nullable IntrospectionAnswer find(String digest) {
		IntrospectionAnswer answer = find(this.active, digest, this.timeToLive);
		return (answer != null) ? answer : find(this.inactive, digest, INACTIVE_TIME_TO_LIVE);
	}

	private @Nullable IntrospectionAnswer find(Cache<String, IntrospectionAnswer> memory, String digest,
			Duration life) {
		IntrospectionAnswer answer = memory.getIfPresent(digest);
		if (answer != null && hasLived(answer, life)) {
			memory.asMap().remove(digest, answer);
			return null;
		}
		return answer;
	}

	/**
	 * Return whether a response should be renewed although it has not expired.
	 */
	boolean isDue(IntrospectionAnswer answer) {
		return answer.isActive() && hasLived(answer, this.renewAfter);
	}

	private boolean hasLived(IntrospectionAnswer answer, Duration life) {
		// If the clock was set back, the age of a response from the future is unknown.
		return Duration.between(answer.since(), this.clock.instant()).abs().compareTo(life) >= 0;
	}

	/**
	 * Return whether the last response called the token active.
	 */
	boolean isKnown(String digest) {
		return this.known.getIfPresent(digest) != null;
	}

	void keep(String digest, IntrospectionAnswer answer) {
		if (answer.isActive()) {
			this.known.put(digest, true);
			if (!this.timeToLive.isZero()) {
				this.active.put(digest, answer);
			}
		}
		else if (answer.isInactive()) {
			this.active.invalidate(digest);
			this.known.invalidate(digest);
			this.inactive.put(digest, answer);
		}
	}

}
