package dev.authstarter.sample.page;

import dev.authstarter.sample.page.PageConfiguration.ContentPolicies;
import dev.authstarter.sample.page.PageConfiguration.Settings;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.web.header.writers.ContentSecurityPolicyHeaderWriter;
import org.springframework.security.web.header.writers.DelegatingRequestMatcherHeaderWriter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Serves the settings and the headers of the page on Spring MVC.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = Type.SERVLET)
class PageOnSpringMvc {

	@Bean
	RouterFunction<ServerResponse> settingsRoute(Settings settings) {
		return RouterFunctions.route()
			.GET(PageConfiguration.SETTINGS, (request) -> ServerResponse.ok().body(settings))
			.build();
	}

	@Bean
	Customizer<HeadersConfigurer<HttpSecurity>> contentSecurityPolicies(ContentPolicies policies) {
		return (headers) -> policies.byPath()
			.forEach((path,
					policy) -> headers.addHeaderWriter(new DelegatingRequestMatcherHeaderWriter(
							PathPatternRequestMatcher.withDefaults().matcher(path),
							new ContentSecurityPolicyHeaderWriter(policy))));
	}

}
