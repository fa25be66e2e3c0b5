package dev.authstarter.authentication;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import dev.authstarter.token.PendingVerification;
import dev.authstarter.token.PresentedToken;
import dev.authstarter.token.RefusedToken;
import dev.authstarter.token.TokenVerifier;
import dev.authstarter.token.Verification;
import dev.authstarter.token.VerifiedToken;

import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

/**
 * The verifier of tokens as Spring Security's {@link JwtDecoder}, which waits for what
 * has to arrive and throws what is refused.
 */
final class AccessTokenDecoder implements JwtDecoder {

	private final TokenVerifier verifier;

	AccessTokenDecoder(TokenVerifier verifier) {
		this.verifier = verifier;
	}

	@Override
	public Jwt decode(String token) {
		Verification verification = this.verifier.verify(new PresentedToken(token));
		while (verification instanceof PendingVerification pending) {
			await(pending.arrival());
			verification = pending.resume();
		}
		if (verification instanceof RefusedToken refused) {
			throw exception(refused);
		}
		return ((VerifiedToken) verification).jwt();
	}

	/** Where the thread is interrupted, the request goes on without what it waits for. */
	private static void await(CompletableFuture<?> arrival) {
		try {
			arrival.get();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex.getCause());
		}
	}

	private static JwtException exception(RefusedToken refused) {
		return (refused.reason().status() < 500) ? new RefusedTokenException(refused)
				: new UnverifiableTokenException(refused);
	}

}
