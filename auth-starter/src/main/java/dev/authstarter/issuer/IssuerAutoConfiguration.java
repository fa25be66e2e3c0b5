package dev.authstarter.issuer;

import java.time.Duration;
import java.util.List;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.configuration.AuthStarterAutoConfiguration;
import dev.authstarter.configuration.AuthStarterProperties;
import dev.authstarter.configuration.Bounds;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of the issuers that this API trusts, and of the HTTP clients for
 * requests to them.
 */
@AutoConfiguration(after = { AuthStarterAutoConfiguration.class, SslAutoConfiguration.class })
public final class IssuerAutoConfiguration {

	private static final Duration MINIMUM_TIME_TO_LIVE = Duration.ofSeconds(1);

	/** An issuer that no resolver names any more stays trusted for up to this long. */
	private static final Duration MAXIMUM_TIME_TO_LIVE = Duration.ofHours(1);

	private static final int MAXIMUM_ISSUERS = 100_000;

	@Bean
	SecureTransport transportSecurity(AuthStarterProperties properties, Environment environment) {
		return SecureTransportFactory.transportSecurity(properties.http(), environment);
	}

	@Bean
	TrustedIssuers trustedIssuers(AuthStarterProperties properties, SecureTransport transport, Environment environment,
			ListableBeanFactory beans) {
		TrustedIssuersFactory configuration = new TrustedIssuersFactory(properties, transport, environment);
		List<TrustedIssuer> issuers = configuration.create();
		AuthStarterProperties.ResolvedIssuers settings = requireBounds(properties.resolvedIssuers());
		// Only the names of the beans are looked up: their dependencies, for example a
		// database, may not exist yet.
		if (BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, IssuerResolver.class, true, false).length == 0) {
			return new TrustedIssuers(issuers);
		}
		return new TrustedIssuers(issuers,
				new ResolvedIssuers(() -> beans.getBeanProvider(IssuerResolver.class).orderedStream().toList(),
						configuration, issuers, () -> beans.getBeanProvider(IssuerCheck.class).orderedStream().toList(),
						settings, Ticker.systemTicker()));
	}

	private static AuthStarterProperties.ResolvedIssuers requireBounds(AuthStarterProperties.ResolvedIssuers settings) {
		Bounds.require("auth-starter.resolved-issuers.time-to-live", settings.timeToLive(), MINIMUM_TIME_TO_LIVE,
				MAXIMUM_TIME_TO_LIVE, "It must be between 1 second and 1 hour.");
		Bounds.require("auth-starter.resolved-issuers.maximum", settings.maximum(), 1, MAXIMUM_ISSUERS,
				"It must be between 1 and 100000.");
		return settings;
	}

	@Bean
	IssuerHttpClientFactory issuerHttpClients(AuthStarterProperties properties, TrustedIssuers issuers,
			ObjectProvider<SslBundles> bundles, ObjectProvider<IssuerHttpClientCustomizer> customizers) {
		return new IssuerHttpClientFactory(new IssuerTrustFactory(properties, issuers, bundles.getIfAvailable()),
				customizers.orderedStream().toList());
	}

}
