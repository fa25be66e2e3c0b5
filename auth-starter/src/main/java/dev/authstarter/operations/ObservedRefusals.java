package dev.authstarter.operations;

import dev.authstarter.event.AuthListener;
import dev.authstarter.event.RequestRefused;
import dev.authstarter.refusal.Reasons;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.ObservationView;

/**
 * Adds the reason of a refusal to the trace of the request, and to the guards' own
 * observation if one is running. The reason is not a tag of the request's metrics: those
 * of Spring MVC would have it on refused requests only, which Prometheus does not accept.
 */
final class ObservedRefusals implements AuthListener {

	private final ObservationRegistry registry;

	private final Reasons reasons;

	ObservedRefusals(ObservationRegistry registry, Reasons reasons) {
		this.registry = registry;
		this.reasons = reasons;
	}

	@Override
	public void requestRefused(RequestRefused refused) {
		Observation current = this.registry.getCurrentObservation();
		if (current == null) {
			return;
		}
		ObservationView request = current;
		if (Observed.AUTHORIZE.getName().equals(current.getContext().getName())) {
			current.lowCardinalityKeyValue(Observed.Key.REASON.asString(), this.reasons.nameOf(refused.reason()));
			request = current.getContext().getParentObservation();
		}
		if (request instanceof Observation observation) {
			observation.highCardinalityKeyValue(KeyValue.of("auth.reason", refused.reason().code()));
		}
	}

}
