package dev.authstarter.operations;

import java.util.function.Predicate;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.context.ApplicationContext;

/**
 * Reads the values of meters.
 */
final class Meters {

	private Meters() {
	}

	/**
	 * Add up the counters of one name.
	 * @param reason which values of the tag {@code reason} to count
	 */
	static double of(ApplicationContext api, String name, Predicate<Object> reason) {
		return api.getBean(MeterRegistry.class)
			.find(name)
			.functionCounters()
			.stream()
			.filter((counter) -> reason.test(counter.getId().getTag("reason")))
			.mapToDouble((counter) -> counter.count())
			.sum();
	}

}
