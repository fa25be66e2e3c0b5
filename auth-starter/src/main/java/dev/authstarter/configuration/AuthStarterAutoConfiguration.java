package dev.authstarter.configuration;

import java.time.Clock;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of what every feature starts from: the properties and the clock.
 */
@AutoConfiguration
@EnableConfigurationProperties(AuthStarterProperties.class)
public final class AuthStarterAutoConfiguration {

	/** Name of the bean by which tokens expire and everything else here measures time. */
	public static final String CLOCK = "authStarterClock";

	/**
	 * A bean of the same name replaces it, in tests for example. No other {@link Clock}
	 * counts, since applications have clocks for other purposes; and this one is injected
	 * nowhere else, so that it is no second candidate beside theirs.
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
