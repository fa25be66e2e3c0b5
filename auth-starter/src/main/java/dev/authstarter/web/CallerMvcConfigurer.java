package dev.authstarter.web;

import java.util.List;

import dev.authstarter.CurrentOrganization;
import dev.authstarter.claims.AccessTokenReader;

import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Puts the caller into controller arguments.
 */
final class CallerMvcConfigurer implements WebMvcConfigurer {

	private final AccessTokenReader accessTokens;

	private final CurrentOrganization acting;

	CallerMvcConfigurer(AccessTokenReader accessTokens, CurrentOrganization acting) {
		this.accessTokens = accessTokens;
		this.acting = acting;
	}

	@Override
	public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
		resolvers.add(new CallerArgumentResolver(this.accessTokens, this.acting));
	}

}
