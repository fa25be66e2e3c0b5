package dev.authstarter.token;

import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import dev.authstarter.Refused;

import org.springframework.security.oauth2.jwt.BadJwtException;

/**
 * A token was refused, in the terms of Spring Security's decoder. Has no stack trace: a
 * refusal is no fault of the program, and whoever sends garbage should not make it cost.
 */
@SuppressWarnings("serial")
final class RefusedTokenException extends BadJwtException implements Refused {

	private final Reason reason;

	RefusedTokenException(Reason reason) {
		super(reason.description());
		this.reason = reason;
	}

	@Override
	public Refusal refusal() {
		return Refusal.of(this.reason);
	}

	@Override
	public Throwable fillInStackTrace() {
		return this;
	}

}
