package dev.authstarter.reactive.context;

import dev.authstarter.organization.OrganizationSecurityContext;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Stores the caller and, once the guards have found it, the acting organization in the
 * exchange and in Reactor's context. The result of a handler is subscribed after the
 * adapter that calls the guards, so the context has to be written before.
 * <p>
 * The second key in the context is the one of Spring Security's accessor of
 * {@code SecurityContextHolder}, for applications in which Reactor propagates contexts to
 * threads.
 */
public final class ActingFilter implements WebFilter, Ordered {

	/** After Spring Security's own filter, whose order is -100. */
	private static final int ORDER = -99;

	private static final String ATTRIBUTE = ActingFilter.class.getName() + ".context";

	@Override
	public int getOrder() {
		return ORDER;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		return ReactiveSecurityContextHolder.getContext()
			.mapNotNull(SecurityContext::getAuthentication)
			.map(OrganizationSecurityContext::undecided)
			.doOnNext((acting) -> exchange.getAttributes().put(ATTRIBUTE, acting))
			.map((acting) -> chain.filter(exchange)
				.contextWrite((context) -> context.put(SecurityContext.class, Mono.just(acting))
					.put(SecurityContext.class.getName(), acting)))
			.defaultIfEmpty(Mono.defer(() -> chain.filter(exchange)))
			.flatMap((rest) -> rest);
	}

	/**
	 * Return the context of a request.
	 * @param exchange the request
	 * @return its context, or {@code null} if it has no caller
	 */
	public static @Nullable OrganizationSecurityContext context(ServerWebExchange exchange) {
		return exchange.getAttribute(ATTRIBUTE);
	}

	/**
	 * Return the authentication of a request.
	 * @param exchange the request
	 * @return the caller's authentication, or {@code null} if there is none
	 */
	public static @Nullable Authentication caller(ServerWebExchange exchange) {
		OrganizationSecurityContext acting = context(exchange);
		return (acting != null) ? acting.getAuthentication() : null;
	}

}
