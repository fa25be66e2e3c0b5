package dev.authstarter.reactive.observation;

import dev.authstarter.operations.OperationsAutoConfiguration;
import dev.authstarter.refusal.Reasons;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.reactive.HandlerAdapter;

/**
 * Auto-configuration of the observations of authentication and authorization on WebFlux,
 * if they are enabled.
 */
@AutoConfiguration(after = OperationsAutoConfiguration.class)
@ConditionalOnBooleanProperty("auth-starter.observations.enabled")
@ConditionalOnWebApplication(type = Type.REACTIVE)
@ConditionalOnClass(HandlerAdapter.class)
public final class ReactiveObservationAutoConfiguration {

	/**
	 * The registry is looked up on first use, because bean post-processors are created
	 * before other beans and must not depend on them.
	 */
	@Bean
	static ObservedReactiveDecoder.PostProcessor observedReactiveDecoder(ObjectProvider<ObservationRegistry> registry) {
		return new ObservedReactiveDecoder.PostProcessor(SingletonSupplier.of(() -> unique(registry)));
	}

	@Bean
	ObservedDecisions observedDecisions(ObjectProvider<ObservationRegistry> registry, Reasons reasons) {
		return new ObservedDecisions(unique(registry), reasons);
	}

	private static ObservationRegistry unique(ObjectProvider<ObservationRegistry> registry) {
		return registry.getIfUnique(() -> ObservationRegistry.NOOP);
	}

}
