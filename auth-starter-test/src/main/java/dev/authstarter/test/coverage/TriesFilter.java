package dev.authstarter.test.coverage;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Records the requests of servlet applications.
 */
final class TriesFilter extends OncePerRequestFilter {

	private final HandlerTries tries;

	TriesFilter(HandlerTries tries) {
		this.tries = tries;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		this.tries.requestBegins();
		try {
			chain.doFilter(request, response);
		}
		finally {
			this.tries.record(request.getMethod(), request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE),
					request.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE),
					request.getRequestURI().substring(request.getContextPath().length()), response.getStatus(),
					request.getAttribute(ReachedHandler.ATTRIBUTE) != null);
			this.tries.requestEnds();
		}
	}

}
