package dev.authstarter.introspection;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Set;

import dev.authstarter.issuer.HttpStatusException;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of a failed introspection call.
 */
enum Unanswered {

	/** The endpoint rejects this token, which counts as not active. */
	TOKEN,

	/** The endpoint is unavailable, or rejects this API's credentials, for all tokens. */
	SERVER,

	/** The endpoint requests a pause. */
	BUSY,

	/**
	 * The meaning is unknown. 404 may mean that there is no such token, no such endpoint,
	 * or that a proxy does not reach the server. The token does not count as inactive,
	 * and the endpoint does not count as unavailable.
	 */
	UNCLEAR;

	/** Statuses that a body with a token can cause: RFC 6749 section 5.2, RFC 9110. */
	private static final Set<Integer> ABOUT_THE_TOKEN = Set.of(400, 413, 414, 422, 431);

	/** Rejected credentials, also at a proxy, and a server that gave up waiting. */
	private static final Set<Integer> ABOUT_US = Set.of(401, 403, 407, 408);

	/**
	 * RFC 6749 sections 4.1.2.1 and 5.2; these errors usually have the status 400, too.
	 */
	private static final Set<String> SERVER_ERRORS = Set.of("invalid_client", "unauthorized_client", "access_denied",
			"server_error", "temporarily_unavailable");

	private static final Duration USUAL_PAUSE = Duration.ofSeconds(5);

	private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);

	/** A longer pause would lock out all callers with opaque tokens. */
	static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

	static Unanswered of(@Nullable Throwable failure) {
		if (!(failure instanceof HttpStatusException answer)) {
			return SERVER;
		}
		int status = answer.status();
		if (status == 429) {
			return BUSY;
		}
		if (ABOUT_THE_TOKEN.contains(status)) {
			return (answer.error() != null && SERVER_ERRORS.contains(answer.error())) ? SERVER : TOKEN;
		}
		return (status >= 400 && status < 500 && !ABOUT_US.contains(status)) ? UNCLEAR : SERVER;
	}

	/**
	 * Return how long to pause calls to a busy endpoint.
	 * @param failure the failure of the call
	 * @param now the time
	 * @return the {@code Retry-After} of the response, in seconds or as a date, between a
	 * second and a minute; 5 seconds if it is absent or cannot be parsed
	 */
	static Duration pause(@Nullable Throwable failure, Instant now) {
		String retryAfter = (failure instanceof HttpStatusException answer) ? answer.retryAfter() : null;
		Duration asked = (retryAfter != null) ? read(retryAfter.strip(), now) : USUAL_PAUSE;
		if (asked.compareTo(SHORTEST_PAUSE) < 0) {
			return SHORTEST_PAUSE;
		}
		return (asked.compareTo(LONGEST_PAUSE) > 0) ? LONGEST_PAUSE : asked;
	}

	private static Duration read(String retryAfter, Instant now) {
		if (retryAfter.matches("[0-9]+")) {
			// Any number of ten digits or more is beyond the limit.
			return Duration.ofSeconds((retryAfter.length() < 10) ? Long.parseLong(retryAfter) : Integer.MAX_VALUE);
		}
		try {
			return Duration.between(now,
					ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
		}
		catch (DateTimeParseException ex) {
			return USUAL_PAUSE;
		}
	}

}
