package dev.authstarter.claims;

import java.util.List;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;

/**
 * Auto-configuration of what a token says as Spring Security's authorities. Comes after
 * Spring Boot's, so that its properties and the application's own converter keep their
 * effect.
 */
@AutoConfiguration(after = { ClaimsAutoConfiguration.class, OAuth2ResourceServerAutoConfiguration.class })
public final class AuthoritiesAutoConfiguration {

	/** The application has no converter: ours, which Spring Security's own chains use. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(JwtAuthenticationConverter.class)
	static class OwnConverterConfiguration {

		@Bean
		JwtAuthenticationConverter jwtAuthenticationConverter(JwtAccessTokens accessTokens) {
			JwtAuthenticationConverter converter = new JwtAuthenticationConverter();
			converter.setJwtGrantedAuthoritiesConverter((jwt) -> List.of());
			converter.setJwtPrincipalConverter(accessTokens::principal);
			return converter;
		}

		/** The same without a set of authorities made anew for every request. */
		@Bean
		CallerAuthentications callerAuthentications(JwtAccessTokens accessTokens) {
			return accessTokens::authentication;
		}

	}

	@Bean(CallerAuthentications.CONVERTED)
	@ConditionalOnMissingBean
	CallerAuthentications convertedCallerAuthentications(JwtAuthenticationConverter converter) {
		return converter::convert;
	}

}
