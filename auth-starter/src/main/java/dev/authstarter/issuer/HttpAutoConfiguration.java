package dev.authstarter.issuer;

import dev.authstarter.configuration.AuthStarterProperties;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the HTTP clients that issuers are asked with.
 */
@AutoConfiguration(after = { AuthStarterAutoConfiguration.class, SslAutoConfiguration.class })
public final class HttpAutoConfiguration {

	@Bean
	IssuerHttpClients issuerHttpClients(AuthStarterProperties properties, TrustedIssuers issuers,
			ObjectProvider<SslBundles> bundles, ObjectProvider<IssuerHttpClientCustomizer> customizers) {
		return new IssuerHttpClients(new SslBundleProperties(properties, issuers, bundles.getIfAvailable()),
				customizers.orderedStream().toList());
	}

}
