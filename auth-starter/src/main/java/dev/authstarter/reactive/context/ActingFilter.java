package dev.authstarter.reactive.context;

import dev.authstarter.AccessToken;
import dev.authstarter.Organization;
import dev.authstarter.organization.OrganizationSecurityContext;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

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

	private static final String LOGGED = ActingFilter.class.getName() + ".logged";

	private final boolean logged;

	/**
	 * Create the filter.
	 * @param logged whether log lines name the caller, where Reactor propagates contexts
	 * to threads
	 */
	public ActingFilter(boolean logged) {
		this.logged = logged;
	}

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
			.map((acting) -> chain.filter(exchange).contextWrite((context) -> write(acting, exchange, context)))
			.defaultIfEmpty(Mono.defer(() -> chain.filter(exchange)))
			.flatMap((rest) -> rest);
	}

	private Context write(OrganizationSecurityContext acting, ServerWebExchange exchange, Context context) {
		Context written = context.put(SecurityContext.class, Mono.just(acting))
			.put(SecurityContext.class.getName(), acting);
		if (!this.logged) {
			return written;
		}
		LoggedCaller caller = new LoggedCaller();
		exchange.getAttributes().put(LOGGED, caller);
		return written.put(LoggedCaller.class, caller);
	}

	/**
	 * Let log lines name the caller of a request that the guards have allowed.
	 * @param exchange the request
	 * @param caller its caller, or {@code null} for none
	 * @param organization the organization that the caller acts in, or {@code null} for
	 * none
	 */
	public static void allow(ServerWebExchange exchange, @Nullable AccessToken caller,
			@Nullable Organization organization) {
		if (exchange.getAttribute(LOGGED) instanceof LoggedCaller logged) {
			logged.allow(caller, organization);
		}
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
