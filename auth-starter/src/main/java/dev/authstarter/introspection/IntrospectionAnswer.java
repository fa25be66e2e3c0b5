package dev.authstarter.introspection;

import java.time.Instant;
import java.util.Map;

import dev.authstarter.Reason;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.jose.RefusedTokenException;
import dev.authstarter.jose.UnverifiableTokenException;
import org.jspecify.annotations.Nullable;

/**
 * What the issuer said of a token.
 *
 * @param claims the members of its answer
 * @param refused why there are none, or {@code null}: {@link Reason#INACTIVE_TOKEN} where
 * the issuer said so, {@link Reason#INTROSPECTION_UNAVAILABLE} where it said nothing
 * @param since from when on it ages
 */
public record IntrospectionAnswer(Map<String, Object> claims, @Nullable Reason refused, Instant since) {

	static IntrospectionAnswer active(Map<String, Object> claims, Instant since) {
		return new IntrospectionAnswer(claims, null, since);
	}

	static IntrospectionAnswer refused(Reason reason, Instant since) {
		return new IntrospectionAnswer(Map.of(), reason, since);
	}

	boolean isActive() {
		return this.refused == null;
	}

	boolean isInactive() {
		return this.refused == Reason.INACTIVE_TOKEN;
	}

	/**
	 * Return the claims.
	 * @param issuer the issuer of the token, if that is known without the answer
	 * @throws RefusedTokenException if the token is not active
	 * @throws UnverifiableTokenException if the issuer did not say
	 */
	public Map<String, Object> orRefuse(@Nullable TrustedIssuer issuer) {
		if (isInactive()) {
			throw new RefusedTokenException(Reason.INACTIVE_TOKEN, issuer);
		}
		if (this.refused != null) {
			throw new UnverifiableTokenException(this.refused, issuer);
		}
		return this.claims;
	}

}
