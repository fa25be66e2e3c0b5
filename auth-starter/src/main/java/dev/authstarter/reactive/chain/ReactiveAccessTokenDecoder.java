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
import reactor.core.scheduler.Scheduler;

import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;

/**
 * The verifier of tokens as Spring Security's {@link ReactiveJwtDecoder}. A token that
 * was verified before is accepted on the calling thread, which is an event loop; any
 * other is verified on a thread of a scheduler, so that forged tokens do not delay known
 * callers. No thread waits for keys or for responses of the issuer.
 */
public final class ReactiveAccessTokenDecoder implements ReactiveJwtDecoder {

	private final TokenVerifier verifier;

	private final Scheduler scheduler;

	private final boolean waits;

	/**
	 * Decode with a verifier that does not block.
	 * @param verifier verifies tokens
	 * @param scheduler the scheduler on which signatures are verified
	 */
	public ReactiveAccessTokenDecoder(TokenVerifier verifier, Scheduler scheduler) {
		this(verifier, scheduler, false);
	}

	private ReactiveAccessTokenDecoder(TokenVerifier verifier, Scheduler scheduler, boolean waits) {
		this.verifier = verifier;
		this.scheduler = scheduler;
		this.waits = waits;
	}

	/**
	 * Create a decoder with a verifier that calls code of the application, which may
	 * block even for known tokens.
	 * @param verifier verifies tokens
	 * @param scheduler the scheduler on which all tokens are verified
	 * @return the decoder
	 */
	public static ReactiveAccessTokenDecoder waiting(TokenVerifier verifier, Scheduler scheduler) {
		return new ReactiveAccessTokenDecoder(verifier, scheduler, true);
	}

	@Override
	public Mono<Jwt> decode(String token) {
		PresentedToken presented = new PresentedToken(token);
		return Mono.defer(() -> {
			Verification known = this.waits ? null : this.verifier.verifyKnown(presented);
			if (known instanceof PendingVerification) {
				return ServerThread.returnTo(settle(known));
			}
			return (known != null) ? settle(known)
					: ServerThread.returnTo(Mono.fromSupplier(() -> this.verifier.verify(presented))
						.subscribeOn(this.scheduler)
						.flatMap(this::settle));
		});
	}

	private Mono<Jwt> settle(Verification verification) {
		if (verification instanceof PendingVerification pending) {
			// Other requests may wait for the same result, so it is not cancelled with
			// this request.
			return Mono.fromFuture(pending.arrival(), true)
				.onErrorComplete()
				.then(Mono.fromSupplier(pending::resume).subscribeOn(this.scheduler))
				.flatMap(this::settle);
		}
		return (verification instanceof VerifiedToken verified) ? Mono.just(verified.jwt())
				: Mono.error(RefusedTokens.exception((RefusedToken) verification));
	}

}
