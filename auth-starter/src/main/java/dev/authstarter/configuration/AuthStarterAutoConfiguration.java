package dev.authstarter.configuration;

import java.time.Clock;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the properties and the clock, which all features use.
 */
@AutoConfiguration
@EnableConfigurationProperties(AuthStarterProperties.class)
public final class AuthStarterAutoConfiguration {

	/** Name of the clock bean by which tokens and caches expire. */
	public static final String CLOCK = "authStarterClock";

	/**
	 * A bean of the same name replaces it, in tests for example. Other {@link Clock}
	 * beans are not used, since applications have them for other purposes. This bean is
	 * not a default candidate, so that it does not conflict with them.
	 */
	@Bean(name = CLOCK, defaultCandidate = false)
	@ConditionalOnMissingBean(name = CLOCK)
	Clock authStarterClock() {
		return Clock.systemUTC();
	}

	/** Static, since it is needed before the properties are bound. */
	@Bean
	static EmptyPropertyBinding emptyProperties() {
		return new EmptyPropertyBinding();
	}

	/** Static, since it is needed before the properties are bound. */
	@Bean
	static UnresolvedProperties unresolvedProperties() {
		return new UnresolvedProperties();
	}

}
