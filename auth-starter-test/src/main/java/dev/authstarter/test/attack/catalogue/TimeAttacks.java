package dev.authstarter.test.attack.catalogue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

import dev.authstarter.Reason;
import dev.authstarter.test.ForgedToken;

/**
 * Attacks with {@code exp}, {@code nbf} and {@code iat} (RFC 7519 sections 4.1.4 to
 * 4.1.6).
 */
final class TimeAttacks {

	/** The largest clock skew that an application can configure. */
	private static final Duration LARGEST_SKEW = Duration.ofMinutes(5);

	private static final Duration HOUR = Duration.ofHours(1);

	private static final long AFTER_THE_YEAR_9999 = 253_402_300_800L;

	private TimeAttacks() {
	}

	static List<Attack> all() {
		return List.of(
				attack("expired", "A token that expired an hour ago.", Reason.TOKEN_EXPIRED,
						(token, now) -> token.expired()),
				attack("expired-beyond-skew", "A token that expired just before the largest clock skew allowed.",
						Reason.TOKEN_EXPIRED, (token, now) -> token.expiredSince(LARGEST_SKEW)),
				attack("expired-long-ago", "A token that expired in 1970.", Reason.TOKEN_EXPIRED,
						(token, now) -> token.withClaim("exp", 0).withClaim("iat", -1)),
				attack("exp-negative", "A negative time of expiry.", Reason.TOKEN_EXPIRED,
						(token, now) -> token.withClaim("exp", -now.getEpochSecond()).withoutClaim("iat")),
				attack("exp-missing", "A token that never expires.", Reason.MISSING_EXPIRY,
						(token, now) -> token.withoutExpiry()),
				attack("exp-null", "A time of expiry that is null.", Reason.MISSING_EXPIRY,
						(token, now) -> token.withClaim("exp", null)),
				attack("exp-text", "A time of expiry that is text.", Reason.MALFORMED_TOKEN,
						(token, now) -> token.withClaim("exp", String.valueOf(now.plus(HOUR).getEpochSecond()))),
				attack("exp-boolean", "A time of expiry that is a boolean.", Reason.MALFORMED_TOKEN,
						(token, now) -> token.withClaim("exp", true)),
				attack("exp-milliseconds", "A time of expiry in milliseconds, millennia from now.",
						Reason.MALFORMED_TOKEN, (token, now) -> token.withClaim("exp", now.plus(HOUR).toEpochMilli())),
				attack("exp-overflow", "A time of expiry after the year 9999.", Reason.MALFORMED_TOKEN,
						(token, now) -> token.withClaim("exp", AFTER_THE_YEAR_9999)),
				attack("exp-far-future", "A token that lives for a hundred years.", Reason.LIFETIME_TOO_LONG,
						(token, now) -> token.withClaim("exp", now.plus(Duration.ofDays(36_500))))
					.unless((aim) -> (aim.properties().token().maximumLifetime() != null) ? null
							: "'auth-starter.token.maximum-lifetime' is not set"),
				Attack.of(Family.TIME, "exp-before-iat", "A token that expires before it is issued.",
						Set.of(Reason.MALFORMED_TOKEN, Reason.TOKEN_NOT_YET_VALID),
						(aim) -> aim.bearing(change(aim,
								(token, now) -> token.withClaim("exp", now.plusSeconds(60))
									.withClaim("iat", now.plusSeconds(61))))),
				attack("not-yet-valid", "A token that becomes valid in an hour.", Reason.TOKEN_NOT_YET_VALID,
						(token, now) -> token.notYetValid()),
				attack("nbf-text", "A start of validity that is text.", Reason.MALFORMED_TOKEN,
						(token, now) -> token.withClaim("nbf", "0")),
				attack("iat-in-future", "A token with a time of issue in an hour.", Reason.TOKEN_NOT_YET_VALID,
						(token, now) -> token.withClaim("iat", now.plus(HOUR))
							.withClaim("exp", now.plus(HOUR.multipliedBy(2)))),
				attack("iat-text", "A time of issue that is text.", Reason.MALFORMED_TOKEN,
						(token, now) -> token.withClaim("iat", "0")));
	}

	private static Attack attack(String name, String documentation, Reason reason,
			BiFunction<ForgedToken, Instant, ForgedToken> change) {
		return Attack.of(Family.TIME, name, documentation, reason, (aim) -> aim.bearing(change(aim, change)));
	}

	private static ForgedToken change(Aim aim, BiFunction<ForgedToken, Instant, ForgedToken> change) {
		return change.apply(aim.token(), aim.attacker().now());
	}

}
