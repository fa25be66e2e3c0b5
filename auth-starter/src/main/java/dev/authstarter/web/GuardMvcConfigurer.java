package dev.authstarter.web;

import java.util.List;

import dev.authstarter.claims.AccessTokenReader;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Puts the guards in front of every handler and the caller into controller arguments.
 */
final class GuardMvcConfigurer implements WebMvcConfigurer {

	private final ObjectProvider<HandlerGuard> guards;

	private final AccessTokenReader accessTokens;

	private final RefusalResponses responses;

	GuardMvcConfigurer(ObjectProvider<HandlerGuard> guards, AccessTokenReader accessTokens,
			RefusalResponses responses) {
		this.guards = guards;
		this.accessTokens = accessTokens;
		this.responses = responses;
	}

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		registry
			.addInterceptor(
					new GuardInterceptor(this.guards.orderedStream().toList(), this.accessTokens, this.responses))
			.order(Ordered.HIGHEST_PRECEDENCE);
	}

	@Override
	public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
		resolvers.add(new CallerArgumentResolver(this.accessTokens));
	}

}
