package dev.authstarter.authentication;

import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import dev.authstarter.Refused;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.token.RefusedToken;
import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.jwt.JwtException;

/**
 * A token cannot be verified at the moment. Not a {@code BadJwtException}, because the
 * token may be valid.
 */
@SuppressWarnings("serial")
final class UnverifiableTokenException extends JwtException implements Refused {

	private final Reason reason;

	private final transient @Nullable TrustedIssuer issuer;

	UnverifiableTokenException(RefusedToken refused) {
		super(refused.reason().description());
		this.reason = refused.reason();
		this.issuer = refused.issuer();
	}

	@Override
	public Refusal refusal() {
		return Refusal.of(this.reason);
	}

	@Override
	public @Nullable TrustedIssuer issuer() {
		return this.issuer;
	}

}
