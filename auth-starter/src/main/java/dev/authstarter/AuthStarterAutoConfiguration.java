package dev.authstarter;

import java.time.Clock;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of what every feature starts from: the properties and the issuers
 * that this API trusts.
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
	static EmptyProperties emptyProperties() {
		return new EmptyProperties();
	}

	/** Static, since it is needed before the properties are bound. */
	@Bean
	static UnresolvedProperties unresolvedProperties() {
		return new UnresolvedProperties();
	}

	@Bean
	TransportSecurity transportSecurity(AuthStarterProperties properties, Environment environment) {
		return HttpProperties.transportSecurity(properties.http(), environment);
	}

	@Bean
	TrustedIssuers trustedIssuers(AuthStarterProperties properties, TransportSecurity transport,
			Environment environment) {
		return new IssuerProperties(properties, transport, environment).judge();
	}

	@Bean
	AuthListeners authListeners(ObjectProvider<AuthListener> listeners, @Qualifier(CLOCK) Clock clock) {
		return new AuthListeners(() -> listeners.orderedStream().toList(), clock);
	}

}
