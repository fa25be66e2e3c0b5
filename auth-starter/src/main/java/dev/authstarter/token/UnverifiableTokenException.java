package dev.authstarter.token;

import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import dev.authstarter.Refused;

import org.springframework.security.oauth2.jwt.JwtException;

/**
 * Nothing can be said about a token at the moment. Not a {@code BadJwtException}, because
 * the token may well be good.
 */
@SuppressWarnings("serial")
final class UnverifiableTokenException extends JwtException implements Refused {

	private final Reason reason;

	UnverifiableTokenException(Reason reason) {
		super(reason.description());
		this.reason = reason;
	}

	UnverifiableTokenException(Reason reason, Throwable cause) {
		super(reason.description(), cause);
		this.reason = reason;
	}

	@Override
	public Refusal refusal() {
		return Refusal.of(this.reason);
	}

}
