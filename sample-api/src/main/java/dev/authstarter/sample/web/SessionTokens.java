package dev.authstarter.sample.web;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.util.WebUtils;

/**
 * The tokens of the session of the current request, for one request at a time. The issuer
 * accepts a refresh token once, so the second of two concurrent requests waits and then
 * finds in the session what the first one has received. A logout waits, too, because it
 * names the newest ID token. An answer of the token endpoint that cannot be read is a
 * failed renewal like all others.
 */
final class SessionTokens implements OAuth2AuthorizedClientManager {

	private static final RequestMatcher LOGOUT = PathPatternRequestMatcher.pathPattern(HttpMethod.POST, "/logout");

	private static final OAuth2Error UNREADABLE = new OAuth2Error("invalid_token_response");

	private final OAuth2AuthorizedClientManager tokens;

	SessionTokens(OAuth2AuthorizedClientManager tokens) {
		this.tokens = tokens;
	}

	/**
	 * Log out when no request renews the tokens. Spring Security reads the ID token from
	 * the session after this filter.
	 */
	static void logOut(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		HttpServletRequest http = (HttpServletRequest) request;
		HttpSession session = http.getSession(false);
		if (session == null || !LOGOUT.matches(http)) {
			chain.doFilter(request, response);
			return;
		}
		synchronized (WebUtils.getSessionMutex(session)) {
			chain.doFilter(request, response);
		}
	}

	@Override
	public @Nullable OAuth2AuthorizedClient authorize(OAuth2AuthorizeRequest request) {
		synchronized (RequestContextHolder.currentRequestAttributes().getSessionMutex()) {
			return renewed(request);
		}
	}

	private @Nullable OAuth2AuthorizedClient renewed(OAuth2AuthorizeRequest request) {
		try {
			return this.tokens.authorize(request);
		}
		catch (IllegalArgumentException | IllegalStateException ex) {
			throw new OAuth2AuthorizationException(UNREADABLE, ex);
		}
	}

}
