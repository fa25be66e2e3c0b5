package dev.authstarter.servlet.chain;

import dev.authstarter.servlet.refusal.RefusalAccessDeniedHandler;
import dev.authstarter.servlet.refusal.RefusalEntryPoint;

import org.springframework.context.ApplicationContext;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.resource.OAuth2ResourceServerConfigurer;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;

/**
 * Configures the filter chains that the application declares with
 * {@code oauth2ResourceServer} to answer refusals as the chain of this library does.
 * Spring Security finds this class in {@code spring.factories} and applies it to every
 * chain.
 */
public final class RefusalHandlingConfigurer extends AbstractHttpConfigurer<RefusalHandlingConfigurer, HttpSecurity> {

	@Override
	@SuppressWarnings("unchecked")
	public void init(HttpSecurity http) {
		OAuth2ResourceServerConfigurer<HttpSecurity> resourceServer = http
			.getConfigurer(OAuth2ResourceServerConfigurer.class);
		ApplicationContext context = http.getSharedObject(ApplicationContext.class);
		RefusalEntryPoint entryPoint = context.getBeanProvider(RefusalEntryPoint.class).getIfAvailable();
		if (resourceServer == null || entryPoint == null) {
			return;
		}
		resourceServer.authenticationEntryPoint(entryPoint);
		resourceServer.accessDeniedHandler(context.getBean(RefusalAccessDeniedHandler.class));
		resourceServer.addObjectPostProcessor(new ObjectPostProcessor<BearerTokenAuthenticationFilter>() {
			@Override
			public <O extends BearerTokenAuthenticationFilter> O postProcess(O filter) {
				filter.setAuthenticationFailureHandler(entryPoint);
				// The same name in every chain: a request that reaches another chain by
				// an include or a forward keeps its caller.
				filter.setBeanName(ApiChain.shortName(filter));
				return filter;
			}
		});
	}

}
