package dev.authstarter.reactive.argument;

import dev.authstarter.Organization;

import org.springframework.core.Ordered;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.reactive.config.WebFluxConfigurer;

/**
 * Prevents WebFlux from converting texts to organizations.
 */
public final class CallerWebFluxConfigurer implements WebFluxConfigurer, Ordered {

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	/** Spring would call {@code Organization.of} with a text of the request. */
	@Override
	public void addFormatters(FormatterRegistry registry) {
		registry.addConverter(String.class, Organization.class, (text) -> {
			throw new IllegalArgumentException("an organization is read only from the caller's token");
		});
	}

}
