package dev.authstarter.authentication;

import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import dev.authstarter.Refused;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.token.RefusedToken;
import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.jwt.BadJwtException;

/**
 * A token was refused, in the terms of Spring Security's decoder. Has no stack trace: a
 * refusal is no fault of the program, and whoever sends garbage should not make it cost.
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
