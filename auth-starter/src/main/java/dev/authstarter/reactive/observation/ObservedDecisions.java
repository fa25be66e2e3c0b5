package dev.authstarter.reactive.observation;

import java.util.function.Supplier;

import dev.authstarter.Refusal;
import dev.authstarter.operations.Observed;
import dev.authstarter.reactive.context.DecisionObserver;
import dev.authstarter.refusal.Reasons;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * Observes the decision of all guards together about a request on WebFlux.
 */
final class ObservedDecisions implements DecisionObserver {

	private final ObservationRegistry registry;

	private final Reasons reasons;

	ObservedDecisions(ObservationRegistry registry, Reasons reasons) {
		this.registry = registry;
		this.reasons = reasons;
	}

	@Override
	public @Nullable Refusal observe(ContextView context, Supplier<@Nullable Refusal> decision) {
		try (Observed.Step step = Observed.AUTHORIZE.begin(this.registry, ObservedReactiveDecoder.parent(context))) {
			try {
				Refusal refusal = decision.get();
				if (refusal != null) {
					step.refused(this.reasons.nameOf(refusal.reason()));
				}
				else {
					step.accepted();
				}
				return refusal;
			}
			catch (RuntimeException ex) {
				step.failed(ex);
				throw ex;
			}
		}
	}

}
