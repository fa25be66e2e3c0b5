package dev.authstarter.servlet.handler;

import java.io.IOException;
import java.util.List;

import dev.authstarter.AccessToken;
import dev.authstarter.Refusal;
import dev.authstarter.access.HandlerCall;
import dev.authstarter.access.HandlerGuard;
import dev.authstarter.authentication.AccessTokenReader;
import dev.authstarter.servlet.refusal.RefusalWriter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.cors.PreFlightRequestHandler;
import org.springframework.web.servlet.AsyncHandlerInterceptor;
import org.springframework.web.servlet.handler.AbstractHandlerMapping;

/**
 * Calls the guards after Spring MVC has determined the handler and before it binds
 * arguments.
 */
public final class GuardInterceptor implements AsyncHandlerInterceptor {

	private static final String SPRINGS_PREFLIGHT = AbstractHandlerMapping.class.getName() + "$";

	private final NestedDispatches<SecurityContext> nested = new NestedDispatches<>(GuardInterceptor.class);

	private final HandlerGuard[] guards;

	private final AccessTokenReader accessTokens;

	private final RefusalWriter responses;

	public GuardInterceptor(List<HandlerGuard> guards, AccessTokenReader accessTokens, RefusalWriter responses) {
		this.guards = guards.toArray(HandlerGuard[]::new);
		this.accessTokens = accessTokens;
		this.responses = responses;
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
			throws IOException {
		boolean allowed = allows(request, response, handler);
		if (allowed) {
			request.setAttribute(GuardFilter.ALLOWED, handler);
		}
		return allowed;
	}

	/**
	 * Return whether the guards allowed the call of a handler. Each permission is for one
	 * call.
	 * @param request the request
	 * @param handler the handler that is about to be called
	 * @return whether {@link #preHandle} was called for it and returned {@code true}
	 */
	boolean takePermission(HttpServletRequest request, Object handler) {
		boolean allowed = request.getAttribute(GuardFilter.ALLOWED) == handler;
		request.removeAttribute(GuardFilter.ALLOWED);
		return allowed;
	}

	private boolean allows(HttpServletRequest request, HttpServletResponse response, Object handler)
			throws IOException {
		if (isPreflight(handler)) {
			return true;
		}
		DispatcherType dispatch = request.getDispatcherType();
		if (dispatch == DispatcherType.ERROR && isOpenErrorPage(handler, request)) {
			return true;
		}
		if (dispatch == DispatcherType.REQUEST) {
			return passes(handler, request, response);
		}
		this.nested.enter(request, SecurityContextHolder::getContext);
		boolean passes = false;
		try {
			passes = passes(handler, request, response);
			return passes;
		}
		finally {
			// Spring MVC calls afterCompletion only if this method returned true.
			if (!passes) {
				leave(request);
			}
		}
	}

	private boolean passes(Object handler, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		AccessToken caller = this.accessTokens.read(SecurityContextHolder.getContext().getAuthentication());
		HandlerCall call = new ServletHandlerCall(handler, request);
		for (HandlerGuard guard : this.guards) {
			Refusal refusal = guard.refuse(call, caller);
			if (refusal != null) {
				this.responses.send(refusal, request, response);
				return false;
			}
		}
		return true;
	}

	/** With this handler, a preflight request reaches none of the application. */
	private static boolean isPreflight(Object handler) {
		return handler instanceof PreFlightRequestHandler && handler.getClass().getName().startsWith(SPRINGS_PREFLIGHT);
	}

	private boolean isOpenErrorPage(Object handler, HttpServletRequest request) {
		HandlerCall call = new ServletHandlerCall(handler, request);
		for (HandlerGuard guard : this.guards) {
			if (guard.guardsAfterError(call)) {
				return false;
			}
		}
		return true;
	}

	@Override
	public void afterCompletion(HttpServletRequest request, HttpServletResponse response, Object handler,
			@Nullable Exception exception) {
		leave(request);
	}

	@Override
	public void afterConcurrentHandlingStarted(HttpServletRequest request, HttpServletResponse response,
			Object handler) {
		leave(request);
	}

	/** Restore the caller and the organization of the outer handler. */
	private void leave(HttpServletRequest request) {
		SecurityContext outer = this.nested.leave(request);
		if (outer != null) {
			SecurityContextHolder.setContext(outer);
		}
	}

}
