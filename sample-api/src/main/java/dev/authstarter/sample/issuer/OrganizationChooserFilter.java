package dev.authstarter.sample.issuer;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Redirects users of several clinics, whose authorization request names no clinic, to the
 * page on which they choose one. The whole request is passed on and is repeated with the
 * choice added.
 */
final class OrganizationChooserFilter extends OncePerRequestFilter {

	private static final String PROMPT = "prompt";

	private final Memberships memberships;

	OrganizationChooserFilter(Memberships memberships) {
		this.memberships = memberships;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (leavesChoiceOpen(request) && hasChoice(SecurityContextHolder.getContext().getAuthentication())) {
			response.sendRedirect(LoginPages.ORGANIZATION + "?" + request.getQueryString());
			return;
		}
		chain.doFilter(request, response);
	}

	private static boolean leavesChoiceOpen(HttpServletRequest request) {
		return isAuthorizationRequest(request) && request.getParameter(OrganizationChoice.PARAMETER) == null
				&& !forbidsPages(request);
	}

	/**
	 * Return whether the request forbids all pages ({@code prompt=none}, OpenID Connect
	 * Core section 3.1.2.1).
	 */
	static boolean forbidsPages(HttpServletRequest request) {
		return isAuthorizationRequest(request) && "none".equals(request.getParameter(PROMPT));
	}

	private static boolean isAuthorizationRequest(HttpServletRequest request) {
		return "GET".equals(request.getMethod()) && LoginPages.AUTHORIZATION_ENDPOINT.equals(request.getRequestURI());
	}

	private boolean hasChoice(@Nullable Authentication user) {
		if (user == null || user instanceof AnonymousAuthenticationToken) {
			return false;
		}
		return this.memberships.of(user.getName()).size() > 1;
	}

}
