package dev.authstarter.servlet;

import java.util.List;

import dev.authstarter.access.PublicPaths;
import dev.authstarter.access.inventory.EntryPointInventory;
import dev.authstarter.authentication.CallerAuthentications;
import dev.authstarter.servlet.chain.ApiChain;
import dev.authstarter.servlet.chain.AuthenticationEvents;
import dev.authstarter.servlet.chain.ContextStrategyCheck;
import dev.authstarter.servlet.chain.DecoderChoice;
import dev.authstarter.servlet.chain.IgnoredBeans;
import dev.authstarter.servlet.chain.SecurityChains;
import dev.authstarter.servlet.refusal.RefusalAccessDeniedHandler;
import dev.authstarter.servlet.refusal.RefusalEntryPoint;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.actuate.endpoint.web.WebServerNamespace;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.JwkSetUriJwtDecoderBuilderCustomizer;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.SpringOpaqueTokenIntrospectorBuilderCustomizer;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.web.OAuth2ResourceServerWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.WebSecurityConfigurer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.WebSecurityCustomizer;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationConverter;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.util.ClassUtils;

/**
 * Auto-configuration of the filter chain of an API. The chain comes after the chains of
 * the application and handles every request that none of them matches. It is not added if
 * one of them matches any request.
 */
@AutoConfiguration(after = { WebAutoConfiguration.class, OAuth2ResourceServerAutoConfiguration.class },
		before = OAuth2ResourceServerWebSecurityAutoConfiguration.class,
		beforeName = "org.springframework.boot.security.oauth2.client.autoconfigure.servlet."
				+ "OAuth2ClientWebSecurityAutoConfiguration")
@ConditionalOnWebApplication(type = Type.SERVLET)
public final class ApiSecurityAutoConfiguration {

	private static final String BEHIND_OTHERS = "apiChainBehindOthers";

	private static final boolean HEALTH = isPresent("org.springframework.boot.health.actuate.endpoint.HealthEndpoint")
			&& isPresent("org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration");

	@Bean
	ApiChain apiChain(PublicPaths publicPaths, ObjectProvider<EntryPointInventory> inventory,
			ObjectProvider<AuthenticationConverter> intake, ObjectProvider<JwtDecoder> decoder,
			CallerAuthentications authentications, AuthenticationEvents events, RefusalEntryPoint entryPoint,
			RefusalAccessDeniedHandler accessDeniedHandler) {
		return new ApiChain(publicPaths, () -> inventory.getObject().declaredPublic(),
				HEALTH ? Probes.matchers() : List.of(), intake, decoder, authentications, events, entryPoint,
				accessDeniedHandler);
	}

	/** Static, because it is needed before other beans are created. */
	@Bean
	static DecoderChoice decoderChoice() {
		return new DecoderChoice();
	}

	/** Runs after the test framework has registered its doubles. */
	@Bean
	static BeanFactoryPostProcessor decoderChoiceMade(DecoderChoice choice) {
		return choice::make;
	}

	@Bean
	IgnoredBeans ignoredBeans(ConfigurableListableBeanFactory beans, SecurityChains chains) {
		return new IgnoredBeans(beans, chains, List.of(JwkSetUriJwtDecoderBuilderCustomizer.class,
				SpringOpaqueTokenIntrospectorBuilderCustomizer.class));
	}

	/** Runs after Spring MVC has mapped its handlers and before the first request. */
	@Bean
	SmartInitializingSingleton publicHandlersRead(ApiChain chain) {
		return chain::readPublicHandlers;
	}

	@Bean
	ContextStrategyCheck contextStrategyCheck(ListableBeanFactory beans) {
		return new ContextStrategyCheck(beans);
	}

	/** A bean, so that Spring Boot does not configure its own chains. */
	@Bean(ApiChain.NAME)
	@ConditionalOnMissingBean(SecurityFilterChain.class)
	SecurityFilterChain apiSecurityFilterChain(ApiChain chain, HttpSecurity http) {
		return chain.build(http);
	}

	/**
	 * Adds the chain without a bean if the application has chains of its own: Spring
	 * Security adds the chain of a customizer after all of them, whatever their order.
	 */
	@Bean(BEHIND_OTHERS)
	WebSecurityCustomizer apiChainBehindOthers(ApiChain chain, ObjectProvider<SecurityFilterChain> others,
			ObjectProvider<HttpSecurity> http) {
		return (web) -> {
			// If the application has no chain, the only bean is the chain of this
			// library.
			if (others.stream().noneMatch(ApiChain::matchesAnyRequest)) {
				web.addSecurityFilterChainBuilder(() -> chain.build(http.getObject()));
			}
		};
	}

	/**
	 * Return whether every request goes through the chain of this library, as far as bean
	 * definitions show.
	 */
	static boolean isForAllRequests(ListableBeanFactory beans) {
		return List.of(ApiChain.NAME).equals(List.of(beans.getBeanNamesForType(SecurityFilterChain.class)))
				&& List.of(BEHIND_OTHERS).equals(List.of(beans.getBeanNamesForType(WebSecurityCustomizer.class)))
				&& beans.getBeanNamesForType(WebSecurityConfigurer.class).length == 0;
	}

	private static boolean isPresent(String className) {
		return ClassUtils.isPresent(className, ApiSecurityAutoConfiguration.class.getClassLoader());
	}

	/**
	 * The health probes of a platform.
	 */
	private static final class Probes {

		static List<RequestMatcher> matchers() {
			return List.of(EndpointRequest.to(HealthEndpoint.class),
					EndpointRequest.toAdditionalPaths(WebServerNamespace.SERVER, HealthEndpoint.class));
		}

	}

}
