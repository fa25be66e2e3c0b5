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
	 * Three memories of their own, so that strangers can neither fill nor empty those of
	 * good tokens: only what the issuer calls active gets into the first two.
	 *
	 * What is kept of an active token is what the issuer said, never a decision: expiry,
	 * audience and all else are judged anew on every request. It is believed for its time
	 * to live and not a moment longer.
	 *
	 * That a token was active is kept beyond that, without its claims. It tells callers
	 * whom the issuer knows from strangers, and decides nothing else.
	 *
	 * An inactive token is refused for a few seconds without another question. No longer,
	 * because it may become active: its time may come, and an issuer of several instances
	 * may not know it everywhere at once.
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
