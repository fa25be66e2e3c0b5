package dev.authstarter.jose;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Times in tokens: seconds since 1970, whose fractions are ignored.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7519#section-2">RFC 7519 section 2</a>
 */
public final class NumericDate {

	/** The end of the year 9999. */
	private static final long LATEST = 253_402_300_799L;

	private NumericDate() {
	}

	/**
	 * Return whether a value is a time.
	 * @param value the value of a claim
	 * @return whether it is a number of a year with at most four digits
	 */
	public static boolean matches(@Nullable Object value) {
		return value instanceof Number number && Math.abs(number.doubleValue()) <= LATEST;
	}

	/**
	 * Convert a time. Values beyond the year 9999 are limited to its end.
	 * @param seconds the seconds since 1970
	 * @return the instant
	 */
	public static Instant toInstant(Number seconds) {
		return Instant.ofEpochSecond(Math.max(-LATEST, Math.min(seconds.longValue(), LATEST)));
	}

}
