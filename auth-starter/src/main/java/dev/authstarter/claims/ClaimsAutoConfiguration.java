package dev.authstarter.claims;

import java.util.List;

import dev.authstarter.AuthStarterAutoConfiguration;
import dev.authstarter.AuthStarterProperties;
import dev.authstarter.TrustedIssuers;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

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

	@Bean
	JwtAccessTokens accessTokenReader(TrustedIssuers issuers, Providers providers, AuthStarterProperties properties,
			Environment environment) {
		BootClaimProperties boot = new BootClaimProperties(environment);
		boot.judge(properties);
		String scopePrefix = boot.scopePrefix(properties.authorities().scopePrefix());
		return new JwtAccessTokens(issuers, providers,
				AuthorityProperties.judge(properties.authorities(), scopePrefix));
	}

}
