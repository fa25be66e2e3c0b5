package dev.authstarter.keys;

import java.time.Clock;
import java.time.Duration;

import dev.authstarter.configuration.AuthStarterAutoConfiguration;
import dev.authstarter.configuration.AuthStarterProperties;
import dev.authstarter.configuration.Bounds;
import dev.authstarter.event.AuthListeners;
import dev.authstarter.issuer.IssuerAutoConfiguration;
import dev.authstarter.issuer.IssuerHttpClientFactory;
import dev.authstarter.issuer.SecureTransport;
import dev.authstarter.issuer.TrustedIssuers;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.thread.Threading;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of the issuers' keys: their locations and their lifetimes.
 */
@AutoConfiguration(after = IssuerAutoConfiguration.class)
public final class KeysAutoConfiguration {

	/** With a shorter lifetime, a large part of all requests would wait for keys. */
	private static final Duration MINIMUM_TIME_TO_LIVE = Duration.ofSeconds(15);

	private static final Duration MAXIMUM_OUTAGE_TOLERANCE = Duration.ofHours(24);

	private static final Duration MAXIMUM_FETCH_TIMEOUT = Duration.ofSeconds(30);

	/** Half of the default number of threads of a web server. */
	private static final int MAXIMUM_WAITING_THREADS = 100;

	@Bean
	@ConditionalOnMissingBean(TrustedKeys.class)
	RemoteTrustedKeys trustedKeys(TrustedIssuers issuers, JwkSetLifetimes times, AuthStarterProperties properties,
			IssuerHttpClientFactory clients, SecureTransport transport, Environment environment,
			@Qualifier(AuthStarterAutoConfiguration.CLOCK) Clock clock, AuthListeners listeners) {
		// A waiting virtual thread does not block other requests.
		int maximumWaiting = Threading.VIRTUAL.isActive(environment) ? Integer.MAX_VALUE : MAXIMUM_WAITING_THREADS;
		KeySourceFactory places = new KeySourceFactory(properties, issuers, clients, transport, times.fetchTimeout());
		return new RemoteTrustedKeys(issuers, places::source, times, maximumWaiting, clock, listeners);
	}

	/** The properties are validated even if a test replaces the keys. */
	@Bean
	JwkSetLifetimes keysTimes(AuthStarterProperties properties) {
		AuthStarterProperties.Keys keys = properties.keys();
		Bounds.require("auth-starter.keys.time-to-live", keys.timeToLive(), MINIMUM_TIME_TO_LIVE,
				MAXIMUM_OUTAGE_TOLERANCE, "It must be between 15 seconds and 24 hours.");
		requireAtMost("outage-tolerance", keys.outageTolerance(), MAXIMUM_OUTAGE_TOLERANCE, "24 hours");
		requireAtMost("fetch-timeout", keys.fetchTimeout(), MAXIMUM_FETCH_TIMEOUT, "30 seconds");
		if (keys.outageTolerance().compareTo(keys.timeToLive()) < 0) {
			throw new InvalidConfigurationPropertyValueException("auth-starter.keys.outage-tolerance",
					keys.outageTolerance(), "It must not be shorter than 'auth-starter.keys.time-to-live', which is %s."
						.formatted(keys.timeToLive()));
		}
		return new JwkSetLifetimes(keys.timeToLive(), keys.outageTolerance(), keys.fetchTimeout());
	}

	private static void requireAtMost(String name, Duration value, Duration limit, String limitText) {
		Bounds.require("auth-starter.keys." + name, value, Duration.ofNanos(1), limit,
				"It must be positive and at most %s.".formatted(limitText));
	}

}
