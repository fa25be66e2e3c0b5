package dev.authstarter.sample.issuer;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Takes the issuer down: all paths except those of the switches are answered with 503.
 */
final class Outage extends OncePerRequestFilter {

	private volatile boolean down;

	boolean isDown() {
		return this.down;
	}

	void setDown(boolean down) {
		this.down = down;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (this.down && !request.getRequestURI().startsWith(IssuerFaults.PATH)) {
			response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
			return;
		}
		chain.doFilter(request, response);
	}

}
