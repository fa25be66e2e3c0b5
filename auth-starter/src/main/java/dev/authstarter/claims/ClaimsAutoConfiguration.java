package dev.authstarter.claims;

import java.util.List;

import dev.authstarter.AuthStarterAutoConfiguration;
import dev.authstarter.AuthStarterProperties;
import dev.authstarter.TrustedIssuer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;

/**
 * Auto-configuration of claim mapping: what a token says, in our words and as Spring
 * Security's authorities.
 */
@AutoConfiguration(after = { AuthStarterAutoConfiguration.class, OAuth2ResourceServerAutoConfiguration.class })
public final class ClaimsAutoConfiguration {

	@Bean
	MappedProvider provider(AuthStarterProperties properties, TrustedIssuer issuer,
			ObjectProvider<ClaimDecoder> decoders) {
		return ProviderConfiguration.of(properties, issuer).build(Presets.load(), decoders.orderedStream().toList());
	}

	@Bean
	JwtAccessTokens accessTokenReader(Provider provider, AuthStarterProperties properties) {
		return new JwtAccessTokens(provider, Authorities.of(properties.authorities()));
	}

	@Bean
	@ConditionalOnMissingBean
	JwtAuthenticationConverter jwtAuthenticationConverter(JwtAccessTokens accessTokens) {
		JwtAuthenticationConverter converter = new JwtAuthenticationConverter();
		converter.setJwtGrantedAuthoritiesConverter((jwt) -> List.of());
		converter.setJwtPrincipalConverter(accessTokens::principal);
		return converter;
	}

}
