package dev.authstarter.web;

import dev.authstarter.AuthStarterProperties;
import dev.authstarter.claims.CallerAuthentications;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.boot.actuate.endpoint.web.WebServerNamespace;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.boot.security.autoconfigure.web.servlet.ConditionalOnDefaultWebSecurity;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.web.OAuth2ResourceServerWebSecurityAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.annotation.web.configurers.CorsConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer.CacheControlConfig;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer.XXssConfig;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationConverter;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.util.ClassUtils;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.filter.GenericFilterBean;

/**
 * Auto-configuration of the filter chain of an API, unless the application declares its
 * own: bearer tokens only, no session, no cookie.
 */
@AutoConfiguration(after = { WebAutoConfiguration.class, OAuth2ResourceServerAutoConfiguration.class },
		before = OAuth2ResourceServerWebSecurityAutoConfiguration.class,
		beforeName = "org.springframework.boot.security.oauth2.client.autoconfigure.servlet."
				+ "OAuth2ClientWebSecurityAutoConfiguration")
@ConditionalOnWebApplication(type = Type.SERVLET)
@ConditionalOnDefaultWebSecurity
public final class ApiSecurityAutoConfiguration {

	/** The bean that is there where no application has a chain of its own. */
	static final String CHAIN = "apiSecurityFilterChain";

	private static final boolean MVC = isPresent("org.springframework.web.servlet.DispatcherServlet");

	private static final boolean HEALTH = isPresent("org.springframework.boot.health.actuate.endpoint.HealthEndpoint")
			&& isPresent("org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration");

	@Bean(CHAIN)
	SecurityFilterChain apiSecurityFilterChain(HttpSecurity http, AuthStarterProperties properties,
			AuthenticationConverter intake, JwtDecoder decoder, CallerAuthentications authentications,
			RefusalEntryPoint entryPoint, RefusalAccessDeniedHandler accessDeniedHandler) {
		http.sessionManagement(AbstractHttpConfigurer::disable);
		http.securityContext(
				(context) -> context.securityContextRepository(new RequestAttributeSecurityContextRepository()));
		http.csrf(AbstractHttpConfigurer::disable);
		http.requestCache(AbstractHttpConfigurer::disable);
		http.logout(AbstractHttpConfigurer::disable);
		// The filter of browsers that X-XSS-Protection switched off is gone from all of
		// them.
		http.headers((headers) -> headers.xssProtection(XXssConfig::disable)
			.cacheControl(CacheControlConfig::disable)
			.addHeaderWriter(new NoStore()));
		if (MVC) {
			http.cors((cors) -> lookUpForBrowsersOnly(cors, http.getSharedObject(ApplicationContext.class)));
		}
		http.exceptionHandling((exceptions) -> exceptions.authenticationEntryPoint(entryPoint)
			.accessDeniedHandler(accessDeniedHandler));
		http.addFilter(bearerTokens(intake, decoder, authentications, entryPoint));
		http.authorizeHttpRequests((requests) -> {
			// First, since it is nearly every request: nothing is open only to strangers.
			requests.requestMatchers(ApiSecurityAutoConfiguration::isOfCaller).permitAll();
			// These follow a request that was authorized, or tell of one that was not.
			requests.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC).permitAll();
			requests.requestMatchers(properties.publicPaths().toArray(String[]::new)).permitAll();
			if (HEALTH) {
				Probes.permit(requests);
			}
			requests.anyRequest().authenticated();
		});
		DefaultSecurityFilterChain chain = http.build();
		chain.getFilters().forEach(ApiSecurityAutoConfiguration::shortenName);
		return chain;
	}

	/**
	 * A filter that runs once per request marks the request with its name, which by
	 * default is that of its class with the package. Two with one name would be taken for
	 * one, so filters of the application keep theirs.
	 */
	private static void shortenName(Filter filter) {
		Class<?> type = filter.getClass();
		if (filter instanceof GenericFilterBean named && type.getName().startsWith("org.springframework.")) {
			named.setBeanName("api." + type.getSimpleName());
		}
	}

	/**
	 * Without a source of its own Spring Security asks Spring MVC, which looks for the
	 * handler of every request. Only browsers send {@code Origin}.
	 */
	private static void lookUpForBrowsersOnly(CorsConfigurer<HttpSecurity> cors, ApplicationContext context) {
		boolean configured = context.containsBean("corsFilter") || context.containsBean("corsConfigurationSource");
		if (!configured && context.containsBean("mvcHandlerMappingIntrospector")) {
			CorsConfigurationSource mvc = context.getBean("mvcHandlerMappingIntrospector",
					CorsConfigurationSource.class);
			cors.configurationSource(
					(request) -> CorsUtils.isCorsRequest(request) ? mvc.getCorsConfiguration(request) : null);
		}
	}

	private static BearerTokenAuthenticationFilter bearerTokens(AuthenticationConverter intake, JwtDecoder decoder,
			CallerAuthentications authentications, RefusalEntryPoint entryPoint) {
		JwtAuthenticationProvider provider = new JwtAuthenticationProvider(decoder);
		provider.setJwtAuthenticationConverter(authentications);
		BearerTokenAuthenticationFilter filter = new BearerTokenAuthenticationFilter(provider::authenticate, intake);
		filter.setAuthenticationEntryPoint(entryPoint);
		filter.setAuthenticationFailureHandler(entryPoint);
		return filter;
	}

	private static boolean isOfCaller(HttpServletRequest request) {
		return SecurityContextHolder.getContext().getAuthentication() instanceof JwtAuthenticationToken caller
				&& caller.isAuthenticated();
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
