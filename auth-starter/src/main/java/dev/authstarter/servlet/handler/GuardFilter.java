package dev.authstarter.servlet.handler;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

import dev.authstarter.AccessToken;
import dev.authstarter.Refusal;
import dev.authstarter.Refused;
import dev.authstarter.access.HandlerCall;
import dev.authstarter.access.HandlerGuard;
import dev.authstarter.authentication.AccessTokenReader;
import dev.authstarter.servlet.refusal.RefusalWriter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.util.function.SingletonSupplier;

/**
 * Calls the guards for servlets other than those of Spring MVC, which have an
 * interceptor. The container determines the servlet; no path is compared. The filter runs
 * after Spring Security's filters, for every filter chain and every type of dispatch.
 */
public final class GuardFilter implements Filter {

	/**
	 * Request attribute: the handler that the guards allowed and that is called next in
	 * this dispatch.
	 */
	static final String ALLOWED = GuardFilter.class.getName() + ".allowed";

	private static final String SOCKETS = "jakarta.websocket.server.ServerContainer";

	private final SingletonSupplier<List<HandlerGuard>> guards;

	private final AccessTokenReader accessTokens;

	private final RefusalWriter responses;

	private final DispatcherServlets dispatchers;

	private volatile @Nullable Boolean alone;

	/**
	 * Create a filter.
	 * @param guards the guards, which are created after the servlet container
	 * @param accessTokens reads the caller's token
	 * @param responses writes refusals
	 * @param dispatchers the servlets whose handlers have an interceptor
	 */
	public GuardFilter(Supplier<List<HandlerGuard>> guards, AccessTokenReader accessTokens, RefusalWriter responses,
			DispatcherServlets dispatchers) {
		this.guards = SingletonSupplier.of(guards);
		this.accessTokens = accessTokens;
		this.responses = responses;
		this.dispatchers = dispatchers;
	}

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		SecurityContext outer = SecurityContextHolder.getContext();
		Object pattern = takePattern(request);
		request.removeAttribute(ALLOWED);
		if (request instanceof HttpServletRequest http && response instanceof HttpServletResponse answer
				&& !isSpringMvcAlone(request.getServletContext())) {
			HttpServletMapping mapping = mapping(http);
			Refusal refusal = (isBeside(mapping) || isHandshake(http)) ? refuse(mapping, http) : null;
			if (refusal != null && http.getDispatcherType() == DispatcherType.INCLUDE) {
				// An included resource cannot set the status of the response.
				throw new IncludeRefusedException(refusal);
			}
			if (refusal != null) {
				this.responses.send(refusal, http, answer);
				return;
			}
		}
		chain.doFilter(request, response);
		if (request.getDispatcherType() == DispatcherType.FORWARD
				|| request.getDispatcherType() == DispatcherType.INCLUDE) {
			// The guards may have set another organization for the target of the
			// dispatch.
			SecurityContextHolder.setContext(outer);
		}
		if (pattern != null && request.getAttribute(RefusalWriter.MATCHED_PATTERN) == null) {
			request.setAttribute(RefusalWriter.MATCHED_PATTERN, pattern);
		}
	}

	/**
	 * Remove the pattern of the path that the request had before this dispatch, since not
	 * every mapping sets that of its own.
	 */
	private static @Nullable Object takePattern(ServletRequest request) {
		if (request.getDispatcherType() == DispatcherType.REQUEST
				|| request.getDispatcherType() == DispatcherType.ERROR) {
			return null;
		}
		Object pattern = request.getAttribute(RefusalWriter.MATCHED_PATTERN);
		request.removeAttribute(RefusalWriter.MATCHED_PATTERN);
		return pattern;
	}

	/** Servlets can be registered only while the container starts. */
	private boolean isSpringMvcAlone(ServletContext container) {
		Boolean known = this.alone;
		if (known == null) {
			known = container.getAttribute(SOCKETS) == null && container.getServletRegistrations()
				.values()
				.stream()
				.allMatch((servlet) -> servlet.getMappings().isEmpty() || this.dispatchers.contain(servlet.getName()));
			this.alone = known;
		}
		return known;
	}

	private static HttpServletMapping mapping(HttpServletRequest request) {
		return (request.getDispatcherType() == DispatcherType.INCLUDE
				&& request.getAttribute(RequestDispatcher.INCLUDE_MAPPING) instanceof HttpServletMapping included)
						? included : request.getHttpServletMapping();
	}

	/** In tests without a container, the servlet has no name. */
	private boolean isBeside(HttpServletMapping mapping) {
		return !mapping.getServletName().isEmpty() && !this.dispatchers.contain(mapping.getServletName());
	}

	/**
	 * Whether the request is a WebSocket handshake, which the container answers before
	 * any servlet. Clients may also offer other protocols, such as {@code h2c}.
	 */
	private static boolean isHandshake(HttpServletRequest request) {
		return request.getDispatcherType() != DispatcherType.ERROR
				&& request.getServletContext().getAttribute(SOCKETS) != null
				&& Collections.list(request.getHeaders(HttpHeaders.UPGRADE))
					.stream()
					.anyMatch((protocols) -> protocols.toLowerCase(Locale.ROOT).contains("websocket"));
	}

	private @Nullable Refusal refuse(HttpServletMapping mapping, HttpServletRequest request) {
		AccessToken caller = this.accessTokens.read(SecurityContextHolder.getContext().getAuthentication());
		HandlerCall call = new ServletHandlerCall(mapping, request);
		for (HandlerGuard guard : this.guards.obtain()) {
			Refusal refusal = guard.refuse(call, caller);
			if (refusal != null) {
				return refusal;
			}
		}
		return null;
	}

	/**
	 * Thrown if a request includes a resource that its caller may not read. It is not an
	 * exception of Spring Security, because the filters around the include would handle
	 * it.
	 */
	@SuppressWarnings("serial")
	private static final class IncludeRefusedException extends RuntimeException implements Refused {

		private final transient Refusal refusal;

		IncludeRefusedException(Refusal refusal) {
			super(refusal.reason().description());
			this.refusal = refusal;
		}

		@Override
		public Refusal refusal() {
			return this.refusal;
		}

	}

}
