package dev.authstarter.authentication;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.authstarter.token.PendingVerification;
import dev.authstarter.token.PresentedToken;
import dev.authstarter.token.RefusedToken;
import dev.authstarter.token.TokenVerifier;
import dev.authstarter.token.Verification;
import dev.authstarter.token.VerifiedToken;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/**
 * Adapts the token verifier to Spring Security's {@link JwtDecoder}: it blocks until
 * pending data has arrived, and throws refusals as exceptions. A token that was verified
 * before is accepted without waiting for others.
 */
final class AccessTokenDecoder implements JwtDecoder {

	private static final Log logger = LogFactory.getLog(AccessTokenDecoder.class);

	/**
	 * Longer than any wait that can be configured: twice 30 seconds for introspection.
	 */
	private static final Duration LONGEST_WAIT = Duration.ofSeconds(65);

	private final TokenVerifier verifier;

	private final VerificationLimit limit;

	AccessTokenDecoder(TokenVerifier verifier, VerificationLimit limit) {
		this.verifier = verifier;
		this.limit = limit;
	}

	@Override
	public Jwt decode(String token) {
		PresentedToken presented = new PresentedToken(token);
		Verification verification = this.verifier.verifyKnown(presented);
		if (verification == null) {
			verification = this.limit.verify(() -> this.verifier.verify(presented));
		}
		while (verification instanceof PendingVerification pending) {
			await(pending.arrival());
			verification = this.limit.verify(pending::resume);
		}
		if (verification instanceof RefusedToken refused) {
			throw RefusedTokens.exception(refused);
		}
		return ((VerifiedToken) verification).jwt();
	}

	/**
	 * If the thread is interrupted or the wait times out, the request continues without
	 * the data.
	 */
	private static void await(CompletableFuture<?> arrival) {
		try {
			arrival.get(LONGEST_WAIT.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | TimeoutException ex) {
			logger.debug("Keys or memberships for a token did not arrive", ex);
		}
	}

}
