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
 * Auto-configuration of claim mapping.
 */
@AutoConfiguration(after = AuthStarterAutoConfiguration.class)
public final class ClaimsAutoConfiguration {

	@Bean
	Presets providerPresets() {
		return Presets.load();
	}

	@Bean
	IssuerClaimReaders providers(AuthStarterProperties properties, TrustedIssuers issuers, Presets presets,
			ObjectProvider<AccessTokenCustomizer> decoders) {
		List<AccessTokenCustomizer> own = decoders.orderedStream().toList();
		return new IssuerClaimReaders(issuers,
				(issuer) -> ClaimReaderFactory.of(properties, issuer, issuers.areSeveral())
					.create(presets, own, issuers.configuredLike(issuer)),
				properties.resolvedIssuers().maximum());
	}

}
