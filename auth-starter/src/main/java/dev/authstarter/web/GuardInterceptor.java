package dev.authstarter.web;

import java.io.IOException;
import java.util.List;

import dev.authstarter.AccessToken;
import dev.authstarter.Refusal;
import dev.authstarter.claims.AccessTokenReader;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.cors.PreFlightRequestHandler;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Asks the guards once Spring MVC knows the handler and before it binds anything.
 */
final class GuardInterceptor implements HandlerInterceptor {

	private final HandlerGuard[] guards;

	private final AccessTokenReader accessTokens;

	private final RefusalResponses responses;

	GuardInterceptor(List<HandlerGuard> guards, AccessTokenReader accessTokens, RefusalResponses responses) {
		this.guards = guards.toArray(HandlerGuard[]::new);
		this.accessTokens = accessTokens;
		this.responses = responses;
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
			throws IOException {
		// The error page tells of a refusal, and a preflight asks about a request to
		// come:
		// neither reaches what the guards protect.
		if (request.getDispatcherType() == DispatcherType.ERROR || handler instanceof PreFlightRequestHandler) {
			return true;
		}
		AccessToken caller = this.accessTokens.read(SecurityContextHolder.getContext().getAuthentication());
		for (HandlerGuard guard : this.guards) {
			Refusal refusal = guard.refuse(handler, request, caller);
			if (refusal != null) {
				this.responses.send(refusal, request, response);
				return false;
			}
		}
		return true;
	}

}
