package dev.authstarter;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A party that acts, or acted, for the subject of a token (RFC 8693 section 4.1).
 *
 * @param subject the {@code sub} of the actor, or {@code null} if it has none
 * @param issuer the {@code iss} of the actor, or {@code null} if it has none
 * @param claims all members of the actor except the prior actor ({@code act}), unchanged
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8693#section-4.1">RFC 8693 section
 * 4.1</a>
 */
public record Actor(@Nullable String subject, @Nullable String issuer,
		Map<String, Object> claims) implements Serializable {

	public Actor {
		claims = Collections.unmodifiableMap(claims);
	}

	/**
	 * Return a text without claims, since such texts end up in logs.
	 */
	@Override
	public String toString() {
		return "Actor[]";
	}

}
