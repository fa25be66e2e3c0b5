package dev.authstarter.introspection;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import dev.authstarter.RefusedException;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the introspection response about a token, as a request does.
 */
final class Asked {

	private Asked() {
	}

	/** Return the claims of an active token, and throw what any other is refused with. */
	static Map<String, Object> claims(Introspection introspection, String token) {
		CompletableFuture<@Nullable IntrospectionAnswer> arrival = introspection.ask(token);
		arrival.join();
		IntrospectionAnswer answer = introspection.arrived(arrival);
		Reason refused = answer.refused();
		if (refused != null) {
			throw new RefusedException(Refusal.of(refused));
		}
		return answer.claims();
	}

}
