package dev.authstarter.authentication;

import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import dev.authstarter.Refused;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.token.RefusedToken;
import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.jwt.BadJwtException;

/**
 * A refused token as an exception of Spring Security's decoders. It has no stack trace,
 * because a refusal is not a program error and clients can cause many of them.
 */
@SuppressWarnings("serial")
final class RefusedTokenException extends BadJwtException implements Refused {

	private final Reason reason;

	private final transient @Nullable TrustedIssuer issuer;

	RefusedTokenException(RefusedToken refused) {
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

	@Override
	public Throwable fillInStackTrace() {
		return this;
	}

}
