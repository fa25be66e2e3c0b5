package dev.authstarter.jose;

import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import dev.authstarter.Refused;
import dev.authstarter.TrustedIssuer;
import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.jwt.BadJwtException;

/**
 * A token was refused, in the terms of Spring Security's decoder. Has no stack trace: a
 * refusal is no fault of the program, and whoever sends garbage should not make it cost.
 */
@SuppressWarnings("serial")
public final class RefusedTokenException extends BadJwtException implements Refused {

	private final Reason reason;

	private final transient @Nullable TrustedIssuer issuer;

	public RefusedTokenException(Reason reason) {
		this(reason, null);
	}

	public RefusedTokenException(Reason reason, @Nullable TrustedIssuer issuer) {
		super(reason.description());
		this.reason = reason;
		this.issuer = issuer;
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
