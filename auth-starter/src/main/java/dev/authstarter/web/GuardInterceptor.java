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
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Asks the guards once Spring MVC knows the handler and before it binds anything.
 */
final class GuardInterceptor implements HandlerInterceptor {

	private final List<HandlerGuard> guards;

	private final AccessTokenReader accessTokens;

	private final RefusalResponses responses;

	GuardInterceptor(List<HandlerGuard> guards, AccessTokenReader accessTokens, RefusalResponses responses) {
		this.guards = guards;
		this.accessTokens = accessTokens;
		this.responses = responses;
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
			throws IOException {
		// The error page tells of a refusal; it must not be refused itself.
		if (request.getDispatcherType() == DispatcherType.ERROR) {
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
