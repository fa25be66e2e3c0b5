package dev.authstarter.introspection;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import dev.authstarter.RefusedException;

/**
 * Waits for what the issuer says of a token, as a request does.
 */
final class Asked {

	private Asked() {
	}

	/** Return the claims of an active token, and throw what any other is refused with. */
	static Map<String, Object> claims(CompletableFuture<IntrospectionAnswer> arrival) {
		IntrospectionAnswer answer = arrival.join();
		Reason refused = answer.refused();
		if (refused != null) {
			throw new RefusedException(Refusal.of(refused));
		}
		return answer.claims();
	}

}
