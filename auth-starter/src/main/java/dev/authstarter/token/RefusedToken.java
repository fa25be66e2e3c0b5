package dev.authstarter.token;

import dev.authstarter.Reason;
import dev.authstarter.TrustedIssuer;
import org.jspecify.annotations.Nullable;

/**
 * The result of a verification that refuses the token.
 *
 * @param reason the reason; its status is 503 if the token cannot be verified at the
 * moment and may be valid
 * @param issuer the trusted issuer that the token names, or {@code null} if it is not
 * known; the token may be forged
 */
public record RefusedToken(Reason reason, @Nullable TrustedIssuer issuer) implements Verification {

	static RefusedToken because(Reason reason) {
		return new RefusedToken(reason, null);
	}

}
