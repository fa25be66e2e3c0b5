package dev.authstarter.claims;

import java.util.List;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;

/**
 * Auto-configuration of what a token says as Spring Security's authorities. Comes after
 * Spring Boot's, so that its properties and the application's own converter keep their
 * effect.
 */
@AutoConfiguration(after = { ClaimsAutoConfiguration.class, OAuth2ResourceServerAutoConfiguration.class })
public final class AuthoritiesAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	JwtAuthenticationConverter jwtAuthenticationConverter(JwtAccessTokens accessTokens) {
		JwtAuthenticationConverter converter = new JwtAuthenticationConverter();
		converter.setJwtGrantedAuthoritiesConverter((jwt) -> List.of());
		converter.setJwtPrincipalConverter(accessTokens::principal);
		return converter;
	}

}
