package dev.authstarter.reactive.chain;

import dev.authstarter.authentication.RefusedTokens;
import dev.authstarter.reactive.context.ServerThread;
import dev.authstarter.token.PendingVerification;
import dev.authstarter.token.PresentedToken;
import dev.authstarter.token.RefusedToken;
import dev.authstarter.token.TokenVerifier;
import dev.authstarter.token.Verification;
import dev.authstarter.token.VerifiedToken;
import reactor.core.publisher.Mono;

import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;

/**
 * The verifier of tokens as Spring Security's {@link ReactiveJwtDecoder}. A token that
 * was verified before is accepted on the calling thread, which is an event loop; any
 * other is verified on a thread of its own, so that forged tokens do not delay known
 * callers. No thread waits for keys or for responses of the issuer.
 */
public final class ReactiveAccessTokenDecoder implements ReactiveJwtDecoder {

	private final TokenVerifier verifier;

	private final VerificationThreads threads;

	private final boolean waits;

	private ReactiveAccessTokenDecoder(TokenVerifier verifier, VerificationThreads threads, boolean waits) {
		this.verifier = verifier;
		this.threads = threads;
		this.waits = waits;
	}

	/**
	 * Create a decoder with a verifier that does not block.
	 * @param verifier verifies tokens
	 * @param threads the threads on which tokens that are not known are verified
	 * @return the decoder
	 */
	public static ReactiveAccessTokenDecoder nonBlocking(TokenVerifier verifier, VerificationThreads threads) {
		return new ReactiveAccessTokenDecoder(verifier, threads, false);
	}

	/**
	 * Create a decoder with a verifier that calls code of the application, which may
	 * block even for known tokens.
	 * @param verifier verifies tokens
	 * @param threads the threads on which all tokens are verified
	 * @return the decoder
	 */
	public static ReactiveAccessTokenDecoder blocking(TokenVerifier verifier, VerificationThreads threads) {
		return new ReactiveAccessTokenDecoder(verifier, threads, true);
	}

	@Override
	public Mono<Jwt> decode(String token) {
		PresentedToken presented = new PresentedToken(token);
		return Mono.defer(() -> {
			Verification known = this.waits ? null : this.verifier.verifyKnown(presented);
			if (known instanceof PendingVerification) {
				return ServerThread.returnTo(settle(known));
			}
			return (known != null) ? settle(known) : ServerThread
				.returnTo(this.threads.verify(() -> this.verifier.verify(presented)).flatMap(this::settle));
		});
	}

	private Mono<Jwt> settle(Verification verification) {
		if (verification instanceof PendingVerification pending) {
			// Other requests may wait for the same result, so it is not cancelled with
			// this request.
			return Mono.fromFuture(pending.arrival(), true)
				.onErrorComplete()
				.then(this.threads.verify(pending::resume))
				.flatMap(this::settle);
		}
		return (verification instanceof VerifiedToken verified) ? Mono.just(verified.jwt())
				: Mono.error(RefusedTokens.exception((RefusedToken) verification));
	}

}
