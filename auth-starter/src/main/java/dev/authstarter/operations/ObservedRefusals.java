package dev.authstarter.operations;

import dev.authstarter.AuthListener;
import dev.authstarter.AuthRefused;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;

/**
 * Lets the trace of a refused request say why. Not a tag of metrics: those of Spring MVC
 * would have it on refused requests only, which Prometheus does not take.
 */
final class ObservedRefusals implements AuthListener {

	private final ObservationRegistry registry;

	ObservedRefusals(ObservationRegistry registry) {
		this.registry = registry;
	}

	@Override
	public void refused(AuthRefused refused) {
		Observation observation = this.registry.getCurrentObservation();
		if (observation != null) {
			observation.highCardinalityKeyValue(KeyValue.of("auth.reason", refused.reason().code()));
		}
	}

}
