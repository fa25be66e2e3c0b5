package dev.authstarter.reactive.context;

import java.util.function.Supplier;

import dev.authstarter.Refusal;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * Observes the decision of all guards together about a request.
 */
public interface DecisionObserver {

	/**
	 * Make the decision and observe it.
	 * @param context the context of the request's subscriber, which has the observation
	 * of the request
	 * @param decision the decision, which is made on the calling thread
	 * @return the refusal, or {@code null} if the call is allowed
	 */
	@Nullable Refusal observe(ContextView context, Supplier<@Nullable Refusal> decision);

}
