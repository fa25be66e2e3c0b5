package dev.authstarter.claims;

import java.util.List;

import dev.authstarter.AuthStarterAutoConfiguration;

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
	Provider provider() {
		return new GenericProvider();
	}

	@Bean
	JwtAccessTokens accessTokenReader(Provider provider) {
		return new JwtAccessTokens(provider);
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
