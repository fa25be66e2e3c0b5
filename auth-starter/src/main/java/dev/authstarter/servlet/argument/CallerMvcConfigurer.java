package dev.authstarter.servlet.argument;

import java.util.List;

import dev.authstarter.CurrentOrganization;
import dev.authstarter.Organization;
import dev.authstarter.authentication.AccessTokenReader;

import org.springframework.core.Ordered;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Adds the resolver of caller arguments before any resolver of the application, and
 * prevents Spring MVC from converting text into an organization.
 */
public final class CallerMvcConfigurer implements WebMvcConfigurer, Ordered {

	private final AccessTokenReader accessTokens;

	private final CurrentOrganization acting;

	public CallerMvcConfigurer(AccessTokenReader accessTokens, CurrentOrganization acting) {
		this.accessTokens = accessTokens;
		this.acting = acting;
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	@Override
	public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
		resolvers.add(0, new CallerArgumentResolver(this.accessTokens, this.acting));
	}

	/**
	 * Register a converter that always fails. Without it, Spring would call
	 * {@code Organization.of} with text of the request, for example for a model attribute
	 * whose declared type does not show what it contains.
	 */
	@Override
	public void addFormatters(FormatterRegistry registry) {
		registry.addConverter(String.class, Organization.class, (text) -> {
			throw new IllegalArgumentException("an organization is read only from the caller's token");
		});
	}

}
