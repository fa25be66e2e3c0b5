package dev.authstarter.issuer;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.configuration.AuthStarterProperties;
import dev.authstarter.configuration.EmptyProperties;
import dev.authstarter.configuration.UnresolvedProperties;
import dev.authstarter.event.AuthListener;
import dev.authstarter.event.AuthListeners;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
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

	private static final Duration MINIMUM_TIME_TO_LIVE = Duration.ofSeconds(1);

	/** As long, an issuer that is gone may go on to be trusted. */
	private static final Duration MAXIMUM_TIME_TO_LIVE = Duration.ofHours(1);

	private static final int MAXIMUM_ISSUERS = 100_000;

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
			Environment environment, ListableBeanFactory beans) {
		IssuerProperties configuration = new IssuerProperties(properties, transport, environment);
		List<TrustedIssuer> issuers = configuration.read();
		AuthStarterProperties.ResolvedIssuers settings = requireBounds(properties.resolvedIssuers());
		// Looked for by its type alone: what it needs, a database perhaps, need not exist
		// yet.
		if (BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, IssuerResolver.class, true, false).length == 0) {
			return new TrustedIssuers(issuers);
		}
		return new TrustedIssuers(issuers,
				new ResolvedIssuers(() -> beans.getBeanProvider(IssuerResolver.class).orderedStream().toList(),
						configuration, issuers, () -> beans.getBeanProvider(IssuerCheck.class).orderedStream().toList(),
						settings, Ticker.systemTicker()));
	}

	private static AuthStarterProperties.ResolvedIssuers requireBounds(AuthStarterProperties.ResolvedIssuers settings) {
		Duration timeToLive = settings.timeToLive();
		if (timeToLive.compareTo(MINIMUM_TIME_TO_LIVE) < 0 || timeToLive.compareTo(MAXIMUM_TIME_TO_LIVE) > 0) {
			throw new InvalidConfigurationPropertyValueException("auth-starter.resolved-issuers.time-to-live",
					timeToLive, "It must be between 1 second and 1 hour.");
		}
		if (settings.maximum() < 1 || settings.maximum() > MAXIMUM_ISSUERS) {
			throw new InvalidConfigurationPropertyValueException("auth-starter.resolved-issuers.maximum",
					settings.maximum(), "It must be between 1 and 100000.");
		}
		return settings;
	}

	@Bean
	AuthListeners authListeners(ObjectProvider<AuthListener> listeners, @Qualifier(CLOCK) Clock clock) {
		return new AuthListeners(() -> listeners.orderedStream().toList(), clock);
	}

}
