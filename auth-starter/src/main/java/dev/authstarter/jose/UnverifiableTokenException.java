package dev.authstarter.jose;

import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import dev.authstarter.Refused;
import dev.authstarter.TrustedIssuer;
import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.jwt.JwtException;

/**
 * Nothing can be said about a token at the moment. Not a {@code BadJwtException}, because
 * the token may well be good.
 */
@SuppressWarnings("serial")
public final class UnverifiableTokenException extends JwtException implements Refused {

	private final Reason reason;

	private final transient @Nullable TrustedIssuer issuer;

	public UnverifiableTokenException(Reason reason, @Nullable TrustedIssuer issuer) {
		super(reason.description());
		this.reason = reason;
		this.issuer = issuer;
	}

	public UnverifiableTokenException(Reason reason, @Nullable TrustedIssuer issuer, Throwable cause) {
		super(reason.description(), cause);
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

}
