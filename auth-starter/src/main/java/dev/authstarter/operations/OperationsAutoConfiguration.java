package dev.authstarter.operations;

import java.time.Clock;

import dev.authstarter.AuthStarterAutoConfiguration;
import dev.authstarter.AuthStarterProperties;
import dev.authstarter.TrustedIssuers;
import dev.authstarter.keys.KeySets;
import dev.authstarter.keys.KeysAutoConfiguration;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration of what the operator sees.
 */
@AutoConfiguration(after = { AuthStarterAutoConfiguration.class, KeysAutoConfiguration.class })
public final class OperationsAutoConfiguration {

	@Bean
	ConfigurationLint configurationLint(TrustedIssuers issuers) {
		return new ConfigurationLint(issuers);
	}

	@Bean
	RefusalLog refusalLog(ObjectProvider<Clock> clock) {
		return new RefusalLog(clock.getIfAvailable(Clock::systemUTC));
	}

	@Bean
	EventPublisher authEventPublisher(ApplicationEventPublisher events) {
		return new EventPublisher(events);
	}

	@Bean
	ObservedRefusals observedRefusals(ObjectProvider<ObservationRegistry> registry) {
		return new ObservedRefusals(registry.getIfUnique(() -> ObservationRegistry.NOOP));
	}

	@Bean
	@ConditionalOnBean(KeySets.class)
	@ConditionalOnBooleanProperty(name = "auth-starter.keys.warm-up", matchIfMissing = true)
	KeysWarmUp keysWarmUp(KeySets keySets) {
		return new KeysWarmUp(keySets);
	}

	/**
	 * Where Micrometer is present.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterBinder.class)
	static class MetricsConfiguration {

		@Bean
		AuthMeters authMeters(TrustedIssuers issuers, ObjectProvider<KeySets> keySets,
				AuthStarterProperties properties) {
			return new AuthMeters(issuers, keySets.getIfAvailable(), properties.introspection().uri() != null);
		}

	}

	/**
	 * Where Spring Boot's health is present.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
	static class HealthConfiguration {

		@Bean
		@ConditionalOnBean(KeySets.class)
		@ConditionalOnEnabledHealthIndicator("authKeys")
		KeysHealthIndicator authKeysHealthIndicator(KeySets keySets) {
			return new KeysHealthIndicator(keySets);
		}

	}

}
