package dev.authstarter.reactive;

import java.util.List;
import java.util.stream.Stream;

import dev.authstarter.access.PublicPaths;
import dev.authstarter.access.inventory.EntryPointInventory;
import dev.authstarter.reactive.chain.ApiWebFilterChain;
import dev.authstarter.reactive.chain.CallerConversion;
import dev.authstarter.reactive.chain.LastChain;
import dev.authstarter.reactive.chain.PublicHandlerMatcher;
import dev.authstarter.reactive.chain.SpringBootBeans;
import dev.authstarter.reactive.refusal.ServerRefusals;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.actuate.endpoint.web.WebServerNamespace;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.security.autoconfigure.actuate.web.reactive.EndpointRequest;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.reactive.ReactiveOAuth2ResourceServerAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.web.reactive.ReactiveOAuth2ResourceServerWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.util.ClassUtils;
import org.springframework.web.cors.reactive.CorsWebFilter;
import org.springframework.web.cors.reactive.PreFlightRequestHandler;
import org.springframework.web.reactive.HandlerAdapter;

/**
 * Auto-configuration of the filter chain of an API on WebFlux. It comes after the chains
 * of the application, for every request that none of them matches, and before those of
 * Spring Boot: it has no order of its own, so that the order of bean definitions applies.
 */
@AutoConfiguration(after = { ReactiveWebAutoConfiguration.class, ReactiveOAuth2ResourceServerAutoConfiguration.class },
		before = ReactiveOAuth2ResourceServerWebSecurityAutoConfiguration.class,
		beforeName = {
				"org.springframework.boot.security.oauth2.client.autoconfigure.reactive."
						+ "ReactiveOAuth2ClientWebSecurityAutoConfiguration",
				"org.springframework.boot.security.autoconfigure.actuate.web.reactive."
						+ "ReactiveManagementWebSecurityAutoConfiguration" })
@ConditionalOnWebApplication(type = Type.REACTIVE)
@ConditionalOnClass(HandlerAdapter.class)
public final class ReactiveApiSecurityAutoConfiguration {

	private static final String CHAIN = "apiSecurityWebFilterChain";

	private static final boolean HEALTH = isPresent("org.springframework.boot.health.actuate.endpoint.HealthEndpoint")
			&& isPresent("org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration");

	@Bean
	PublicHandlerMatcher publicHandlerMatcher(ObjectProvider<EntryPointInventory> inventory) {
		return new PublicHandlerMatcher(() -> inventory.getObject().declaredPublic());
	}

	@Bean(CHAIN)
	SecurityWebFilterChain apiSecurityWebFilterChain(ServerHttpSecurity http, PublicPaths publicPaths,
			PublicHandlerMatcher publicHandlers, ReactiveJwtDecoder decoder, CallerConversion callers,
			ServerRefusals refusals, ObjectProvider<CorsWebFilter> cors,
			ObjectProvider<PreFlightRequestHandler> preFlights, ConfigurableListableBeanFactory beans) {
		SecurityWebFilterChain chain = new ApiWebFilterChain(publicPaths, publicHandlers,
				HEALTH ? Probes.matchers() : List.of(), decoder, callers, refusals, cors.getIfUnique(),
				preFlights.getIfUnique())
			.build(http);
		return new LastChain(chain, () -> later(beans));
	}

	/**
	 * Return the chains that come after the one of this library by their order. Those of
	 * Spring Boot are for applications without any chain, and exist although there is
	 * one. A post-processor of the application may have replaced any chain, so the one of
	 * this library is found by its name.
	 */
	private static List<SecurityWebFilterChain> later(ConfigurableListableBeanFactory beans) {
		SecurityWebFilterChain own = beans.getBean(CHAIN, SecurityWebFilterChain.class);
		List<SecurityWebFilterChain> ofSpringBoot = Stream.of(beans.getBeanNamesForType(SecurityWebFilterChain.class))
			.filter((name) -> SpringBootBeans.define(beans, name))
			.map((name) -> beans.getBean(name, SecurityWebFilterChain.class))
			.toList();
		return beans.getBeanProvider(SecurityWebFilterChain.class)
			.orderedStream()
			.dropWhile((chain) -> chain != own)
			.skip(1)
			.filter((chain) -> !ofSpringBoot.contains(chain))
			.toList();
	}

	private static boolean isPresent(String className) {
		return ClassUtils.isPresent(className, ReactiveApiSecurityAutoConfiguration.class.getClassLoader());
	}

	/**
	 * The endpoints for health probes.
	 */
	private static final class Probes {

		static List<ServerWebExchangeMatcher> matchers() {
			return List.of(EndpointRequest.to(HealthEndpoint.class),
					EndpointRequest.toAdditionalPaths(WebServerNamespace.SERVER, HealthEndpoint.class));
		}

	}

}
