package dev.authstarter.token;

import dev.authstarter.Reason;
import dev.authstarter.TrustedIssuer;
import org.jspecify.annotations.Nullable;

/**
 * A token is refused.
 *
 * @param reason why; one with the status 503 where nothing can be said about the token at
 * the moment, which may well be good
 * @param issuer the trusted issuer that the token names, or {@code null} if it is not
 * known; the token may be forged
 */
public record RefusedToken(Reason reason, @Nullable TrustedIssuer issuer) implements Verification {

	static RefusedToken because(Reason reason) {
		return new RefusedToken(reason, null);
	}

}
