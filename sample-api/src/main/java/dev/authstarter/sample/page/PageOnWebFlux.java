package dev.authstarter.sample.page;

import dev.authstarter.sample.page.PageConfiguration.ContentPolicies;
import dev.authstarter.sample.page.PageConfiguration.Settings;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.ServerHttpSecurity.HeaderSpec;
import org.springframework.security.web.server.header.ContentSecurityPolicyServerHttpHeadersWriter;
import org.springframework.security.web.server.header.ServerHttpHeadersWriter;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Serves the settings and the headers of the page on WebFlux.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = Type.REACTIVE)
class PageOnWebFlux {

	@Bean
	RouterFunction<ServerResponse> settingsRoute(Settings settings) {
		return RouterFunctions.route()
			.GET(PageConfiguration.SETTINGS, (request) -> ServerResponse.ok().bodyValue(settings))
			.build();
	}

	@Bean
	Customizer<HeaderSpec> contentSecurityPolicies(ContentPolicies policies) {
		return (headers) -> policies.byPath().forEach((path, policy) -> headers.writer(onlyOn(path, policy)));
	}

	private static ServerHttpHeadersWriter onlyOn(String path, String policy) {
		ServerWebExchangeMatcher matcher = ServerWebExchangeMatchers.pathMatchers(path);
		ContentSecurityPolicyServerHttpHeadersWriter writer = new ContentSecurityPolicyServerHttpHeadersWriter();
		writer.setPolicyDirectives(policy);
		return (exchange) -> matcher.matches(exchange)
			.flatMap((match) -> match.isMatch() ? writer.writeHttpHeaders(exchange) : Mono.empty());
	}

}
