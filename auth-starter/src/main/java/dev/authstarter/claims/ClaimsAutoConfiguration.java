package dev.authstarter.claims;

import java.util.List;

import dev.authstarter.configuration.AuthStarterAutoConfiguration;
import dev.authstarter.configuration.AuthStarterProperties;
import dev.authstarter.issuer.TrustedIssuers;
import dev.authstarter.provider.Presets;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of claim mapping: what a token says, in our words.
 */
@AutoConfiguration(after = AuthStarterAutoConfiguration.class)
public final class ClaimsAutoConfiguration {

	@Bean
	IssuerProviders providers(AuthStarterProperties properties, TrustedIssuers issuers,
			ObjectProvider<ClaimDecoder> decoders) {
		Presets presets = Presets.load();
		List<ClaimDecoder> own = decoders.orderedStream().toList();
		return new IssuerProviders(issuers,
				(issuer) -> ProviderProperties.of(properties, issuer, issuers.areSeveral()).build(presets, own),
				properties.resolvedIssuers().maximum());
	}

}
