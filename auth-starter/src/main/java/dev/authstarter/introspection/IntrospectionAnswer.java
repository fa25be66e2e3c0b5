package dev.authstarter.introspection;

import java.time.Instant;
import java.util.Map;

import dev.authstarter.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The result of introspecting a token.
 *
 * @param claims the members of the response
 * @param refused the reason if there are none, or {@code null}:
 * {@link Reason#INACTIVE_TOKEN} if the issuer said so,
 * {@link Reason#INTROSPECTION_UNAVAILABLE} if there was no response
 * @param since the time from which its age counts
 */
public record IntrospectionAnswer(Map<String, Object> claims, @Nullable Reason refused, Instant since) {

	static IntrospectionAnswer active(Map<String, Object> claims, Instant since) {
		return new IntrospectionAnswer(claims, null, since);
	}

	static IntrospectionAnswer refused(Reason reason, Instant since) {
		return new IntrospectionAnswer(Map.of(), reason, since);
	}

	/** Return whether the token is active. */
	public boolean isActive() {
		return this.refused == null;
	}

	boolean isInactive() {
		return Reason.INACTIVE_TOKEN.equals(this.refused);
	}

}
