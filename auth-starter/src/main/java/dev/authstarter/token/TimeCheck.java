package dev.authstarter.token;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import dev.authstarter.Reason;
import dev.authstarter.jose.NumericDate;
import org.jspecify.annotations.Nullable;

/**
 * Judges {@code exp}, {@code nbf} and {@code iat}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7519#section-4.1.4">RFC 7519 section
 * 4.1.4</a>
 */
final class TimeCheck {

	private final Clock clock;

	private final Duration skew;

	private final @Nullable Duration maximumLifetime;

	TimeCheck(Clock clock, Duration skew, @Nullable Duration maximumLifetime) {
		this.clock = clock;
		this.skew = skew;
		this.maximumLifetime = maximumLifetime;
	}

	/**
	 * Judge the times.
	 * @param claims the claims
	 * @return why they are refused, or {@code null}
	 */
	@Nullable Reason refuse(Map<String, Object> claims) {
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

}
