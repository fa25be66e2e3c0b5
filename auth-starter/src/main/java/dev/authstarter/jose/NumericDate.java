package dev.authstarter.jose;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Times as tokens write them: seconds since 1970, of which fractions do not count.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7519#section-2">RFC 7519 section 2</a>
 */
public final class NumericDate {

	/** The end of the year 9999: no token means more than that. */
	private static final long LATEST = 253_402_300_799L;

	private NumericDate() {
	}

	/**
	 * Tell whether a value is a time.
	 * @param value the value of a claim
	 * @return whether it is a number of a year that has up to four digits
	 */
	public static boolean matches(@Nullable Object value) {
		return value instanceof Number number && Math.abs(number.doubleValue()) <= LATEST;
	}

	/**
	 * Read a time. What is beyond the year 9999 is its end.
	 * @param seconds the seconds since 1970
	 * @return the instant
	 */
	public static Instant toInstant(Number seconds) {
		return Instant.ofEpochSecond(Math.max(-LATEST, Math.min(seconds.longValue(), LATEST)));
	}

}
