package dev.authstarter.authentication;

import java.util.List;

import dev.authstarter.claims.ClaimReaders;
import dev.authstarter.claims.ClaimsAutoConfiguration;
import dev.authstarter.configuration.AccessRuleException;
import dev.authstarter.configuration.AuthStarterProperties;
import dev.authstarter.issuer.TrustedIssuers;
import dev.authstarter.membership.OrganizationMemberships;
import dev.authstarter.token.ApplicationChecks;
import dev.authstarter.token.TokenAutoConfiguration;
import dev.authstarter.token.TokenVerifier;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.security.config.core.GrantedAuthorityDefaults;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;

/**
 * Auto-configuration of the conversion of tokens to Spring Security's authorities. It
 * precedes Spring Boot's converter, which backs off unless one of its properties needs
 * it. A converter of the application remains in effect.
 */
@AutoConfiguration(after = { ClaimsAutoConfiguration.class, TokenAutoConfiguration.class },
		before = OAuth2ResourceServerAutoConfiguration.class)
public final class AuthoritiesAutoConfiguration {

	/**
	 * Primary, so that an injected {@code JwtDecoder} is the one that applies the token
	 * policy. A store of memberships should not block but may, on the thread of a
	 * request.
	 */
	@Bean
	@Primary
	AccessTokenDecoder accessTokenDecoder(TokenVerifier verifier, ListableBeanFactory beans,
			ObjectProvider<OrganizationMemberships> memberships) {
		boolean blocks = ApplicationChecks.present(beans) || memberships.getIfAvailable() != null;
		return new AccessTokenDecoder(verifier, blocks ? VerificationLimit.none()
				: VerificationLimit.processors(Runtime.getRuntime().availableProcessors()));
	}

	@Bean
	JwtAccessTokens accessTokenReader(TrustedIssuers issuers, ClaimReaders providers, AuthStarterProperties properties,
			Environment environment) {
		BootClaimProperties boot = new BootClaimProperties(environment);
		boot.validate(properties);
		String scopePrefix = boot.scopePrefix(properties.authorities().scopePrefix());
		return new JwtAccessTokens(issuers, providers,
				AuthoritiesFactory.create(properties.authorities(), scopePrefix));
	}

	/**
	 * Registers a converter for Spring Security's own chains if the application has none.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(JwtAuthenticationConverter.class)
	@Conditional(OwnAuthorities.class)
	static class OwnConverterConfiguration {

		@Bean
		JwtAuthenticationConverter jwtAuthenticationConverter(JwtAccessTokens accessTokens, Environment environment) {
			JwtAuthenticationConverter converter = new JwtAuthenticationConverter();
			String principal = new BootClaimProperties(environment).principalClaim();
			if (principal != null) {
				converter.setPrincipalClaimName(principal);
				converter.setJwtGrantedAuthoritiesConverter((jwt) -> accessTokens.principal(jwt).getAuthorities());
				return converter;
			}
			converter.setJwtGrantedAuthoritiesConverter((jwt) -> List.of());
			converter.setJwtPrincipalConverter(accessTokens::principal);
			return converter;
		}

		/**
		 * Creates the same authentication without a new set of authorities for every
		 * request.
		 */
		@Bean
		CallerAuthentications callerAuthentications(JwtAccessTokens accessTokens, JwtAuthenticationConverter converter,
				AuthStarterProperties properties, ObjectProvider<GrantedAuthorityDefaults> defaults,
				Environment environment) {
			String rolePrefix = properties.authorities().rolePrefix();
			defaults.ifAvailable((stock) -> requireRolePrefix(stock.getRolePrefix(), rolePrefix));
			return (new BootClaimProperties(environment).principalClaim() != null) ? converter::convert
					: accessTokens::authentication;
		}

		/** With another prefix, hasRole would require authorities that no caller gets. */
		private static void requireRolePrefix(String prefix, String own) {
			if (!prefix.equals(own)) {
				throw new AccessRuleException(
						("A GrantedAuthorityDefaults bean sets the role prefix '%s', but "
								+ "'auth-starter.authorities.role-prefix' is '%s': no token would satisfy hasRole and "
								+ "@Secured.")
							.formatted(prefix, own),
						prefix.isBlank()
								? "Remove the bean. hasRole and @RequiresRole take names without a prefix anyway."
								: "Set 'auth-starter.authorities.role-prefix' to '%s', or remove the bean."
									.formatted(prefix));
			}
		}

	}

	@Bean(CallerAuthentications.CONVERTED)
	@ConditionalOnMissingBean
	CallerAuthentications convertedCallerAuthentications(JwtAuthenticationConverter converter) {
		return converter::convert;
	}

	/**
	 * Matches unless a property of Spring Boot requires its own converter.
	 */
	static final class OwnAuthorities implements Condition {

		@Override
		public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
			return !new BootClaimProperties(context.getEnvironment()).makeAuthorities();
		}

	}

}
