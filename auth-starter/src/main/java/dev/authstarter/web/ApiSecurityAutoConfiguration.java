package dev.authstarter.web;

import dev.authstarter.AuthStarterProperties;
import jakarta.servlet.DispatcherType;

import org.springframework.boot.actuate.endpoint.web.WebServerNamespace;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.boot.security.autoconfigure.web.servlet.ConditionalOnDefaultWebSecurity;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.web.OAuth2ResourceServerWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationConverter;
import org.springframework.util.ClassUtils;

import static org.springframework.security.config.Customizer.withDefaults;

/**
 * Auto-configuration of the filter chain of an API, unless the application declares its
 * own: bearer tokens only, no session, no cookie.
 */
@AutoConfiguration(after = { WebAutoConfiguration.class, OAuth2ResourceServerAutoConfiguration.class },
		before = OAuth2ResourceServerWebSecurityAutoConfiguration.class)
@ConditionalOnWebApplication(type = Type.SERVLET)
@ConditionalOnDefaultWebSecurity
public final class ApiSecurityAutoConfiguration {

	private static final boolean MVC = isPresent("org.springframework.web.servlet.DispatcherServlet");

	private static final boolean HEALTH = isPresent("org.springframework.boot.health.actuate.endpoint.HealthEndpoint")
			&& isPresent("org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration");

	@Bean
	SecurityFilterChain apiSecurityFilterChain(HttpSecurity http, AuthStarterProperties properties,
			AuthenticationConverter intake, JwtDecoder decoder, JwtAuthenticationConverter converter,
			RefusalEntryPoint entryPoint, RefusalAccessDeniedHandler accessDeniedHandler) {
		http.sessionManagement((session) -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
		http.csrf(AbstractHttpConfigurer::disable);
		http.requestCache(AbstractHttpConfigurer::disable);
		http.logout(AbstractHttpConfigurer::disable);
		if (MVC) {
			http.cors(withDefaults());
		}
		http.exceptionHandling((exceptions) -> exceptions.authenticationEntryPoint(entryPoint)
			.accessDeniedHandler(accessDeniedHandler));
		http.addFilter(bearerTokens(intake, decoder, converter, entryPoint));
		http.authorizeHttpRequests((requests) -> {
			// These follow a request that was authorized, or tell of one that was not.
			requests.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC).permitAll();
			requests.requestMatchers(properties.publicPaths().toArray(String[]::new)).permitAll();
			if (HEALTH) {
				Probes.permit(requests);
			}
			requests.anyRequest().authenticated();
		});
		return http.build();
	}

	private static BearerTokenAuthenticationFilter bearerTokens(AuthenticationConverter intake, JwtDecoder decoder,
			JwtAuthenticationConverter converter, RefusalEntryPoint entryPoint) {
		JwtAuthenticationProvider provider = new JwtAuthenticationProvider(decoder);
		provider.setJwtAuthenticationConverter(converter);
		BearerTokenAuthenticationFilter filter = new BearerTokenAuthenticationFilter(new ProviderManager(provider),
				intake);
		filter.setAuthenticationEntryPoint(entryPoint);
		filter.setAuthenticationFailureHandler(entryPoint);
		return filter;
	}

	private static boolean isPresent(String className) {
		return ClassUtils.isPresent(className, ApiSecurityAutoConfiguration.class.getClassLoader());
	}

	/**
	 * Opens what a platform probes. Details stay with Spring Boot's own rule.
	 */
	private static final class Probes {

		static void permit(
				AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests) {
			requests
				.requestMatchers(EndpointRequest.to(HealthEndpoint.class),
						EndpointRequest.toAdditionalPaths(WebServerNamespace.SERVER, HealthEndpoint.class))
				.permitAll();
		}

	}

}
