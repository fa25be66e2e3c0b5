package dev.authstarter.test.coverage;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Marks requests that all guards have allowed.
 */
final class ReachedHandler implements HandlerInterceptor {

	static final String ATTRIBUTE = ReachedHandler.class.getName();

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		request.setAttribute(ATTRIBUTE, true);
		return true;
	}

}
