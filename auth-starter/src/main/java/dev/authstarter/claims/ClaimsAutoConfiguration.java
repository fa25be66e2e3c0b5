package dev.authstarter.claims;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import dev.authstarter.AuthStarterAutoConfiguration;
import dev.authstarter.AuthStarterProperties;
import dev.authstarter.TrustedIssuer;
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
	Providers providers(AuthStarterProperties properties, TrustedIssuers issuers,
			ObjectProvider<ClaimDecoder> decoders) {
		Presets presets = Presets.load();
		Map<String, Provider> providers = new HashMap<>();
		for (TrustedIssuer issuer : issuers) {
			providers.put(issuer.issuer(),
					ProviderProperties.of(properties, issuer).build(presets, decoders.orderedStream().toList()));
		}
		return (issuer) -> Objects.requireNonNull(providers.get(issuer), "not a trusted issuer");
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
