package dev.authstarter.token.check;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.authstarter.Reason;
import dev.authstarter.jose.NumericDate;
import org.jspecify.annotations.Nullable;

/**
 * Checks {@code exp}, {@code nbf} and {@code iat} against the clock.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7519#section-4.1.4">RFC 7519 section
 * 4.1.4</a>
 */
public final class TimeCheck implements TokenCheck {

	private final Clock clock;

	private final Duration skew;

	private final @Nullable Duration maximumLifetime;

	/**
	 * Create a check.
	 * @param clock the clock
	 * @param skew the allowed difference between the clock and the issuer's
	 * @param maximumLifetime the longest time between {@code iat} and {@code exp}, or
	 * {@code null} for no limit
	 */
	public TimeCheck(Clock clock, Duration skew, @Nullable Duration maximumLifetime) {
		this.clock = clock;
		this.skew = skew;
		this.maximumLifetime = maximumLifetime;
	}

	@Override
	public @Nullable Reason refuse(TokenContent token) {
		Map<String, Object> claims = token.claims();
		Object exp = claims.get("exp");
		Object nbf = claims.get("nbf");
		Object iat = claims.get("iat");
		if (exp == null) {
			return Reason.MISSING_EXPIRY;
		}
		if (!NumericDate.matches(exp) || !isTimeOrAbsent(nbf) || !isTimeOrAbsent(iat)) {
			return Reason.MALFORMED_TOKEN;
		}
		Instant now = this.clock.instant();
		Instant expiry = time(exp);
		// A token is expired at exp + skew exactly.
		if (!now.isBefore(expiry.plus(this.skew))) {
			return Reason.TOKEN_EXPIRED;
		}
		// A token is valid at nbf - skew exactly.
		Instant latestStart = now.plus(this.skew);
		if (isAfter(nbf, latestStart) || isAfter(iat, latestStart)) {
			return Reason.TOKEN_NOT_YET_VALID;
		}
		return refuseLifetime(iat, expiry);
	}

	private @Nullable Reason refuseLifetime(@Nullable Object iat, Instant expiry) {
		if (iat == null) {
			return (this.maximumLifetime != null) ? Reason.LIFETIME_TOO_LONG : null;
		}
		Instant issuedAt = time(iat);
		if (!issuedAt.isBefore(expiry)) {
			return Reason.MALFORMED_TOKEN;
		}
		boolean tooLong = this.maximumLifetime != null && issuedAt.plus(this.maximumLifetime).isBefore(expiry);
		return tooLong ? Reason.LIFETIME_TOO_LONG : null;
	}

	private static boolean isTimeOrAbsent(@Nullable Object value) {
		return value == null || NumericDate.matches(value);
	}

	private static boolean isAfter(@Nullable Object time, Instant limit) {
		return time != null && time(time).isAfter(limit);
	}

	private static Instant time(Object seconds) {
		return NumericDate.toInstant((Number) seconds);
	}

	@Override
	public List<Finding> explain(TokenContent token) {
		Map<String, Object> claims = token.claims();
		return List.of(Finding.of("Time",
				"a token valid at %s, with a clock skew of %s".formatted(this.clock.instant(), this.skew),
				"issued at %s, valid from %s, expires at %s".formatted(shown(claims.get("iat")),
						shown(claims.get("nbf")), shown(claims.get("exp")))));
	}

	private static String shown(@Nullable Object value) {
		if (value == null) {
			return "none";
		}
		return NumericDate.matches(value) ? time(value).toString() : "'" + value + "'";
	}

}
