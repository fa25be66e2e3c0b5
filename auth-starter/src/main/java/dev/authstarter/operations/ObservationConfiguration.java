package dev.authstarter.operations;

import java.util.function.Supplier;

import dev.authstarter.refusal.Reasons;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.reactive.HandlerAdapter;
import org.springframework.web.servlet.handler.MappedInterceptor;

/**
 * Observations of authentication and authorization, if they are enabled.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("auth-starter.observations.enabled")
class ObservationConfiguration {

	@Bean
	static ObservedDecoder.PostProcessor observedDecoder(ObjectProvider<ObservationRegistry> registry) {
		return new ObservedDecoder.PostProcessor(onFirstUse(registry));
	}

	/**
	 * Bean post-processors are created before other beans and must not depend on them.
	 */
	private static Supplier<ObservationRegistry> onFirstUse(ObjectProvider<ObservationRegistry> registry) {
		return SingletonSupplier.of(() -> unique(registry));
	}

	private static ObservationRegistry unique(ObjectProvider<ObservationRegistry> registry) {
		return registry.getIfUnique(() -> ObservationRegistry.NOOP);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MappedInterceptor.class)
	static class GuardsConfiguration {

		@Bean
		static ObservedGuards.PostProcessor observedGuards(ObjectProvider<ObservationRegistry> registry) {
			return new ObservedGuards.PostProcessor(onFirstUse(registry));
		}

	}

	/**
	 * Where WebFlux serves requests.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = Type.REACTIVE)
	@ConditionalOnClass(HandlerAdapter.class)
	static class ReactiveConfiguration {

		@Bean
		static ObservedReactiveDecoder.PostProcessor observedReactiveDecoder(
				ObjectProvider<ObservationRegistry> registry) {
			return new ObservedReactiveDecoder.PostProcessor(onFirstUse(registry));
		}

		@Bean
		ObservedDecisions observedDecisions(ObjectProvider<ObservationRegistry> registry, Reasons reasons) {
			return new ObservedDecisions(unique(registry), reasons);
		}

	}

}
