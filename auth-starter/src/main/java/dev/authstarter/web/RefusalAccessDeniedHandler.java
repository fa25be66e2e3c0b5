package dev.authstarter.web;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorityAuthorizationDecision;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.web.access.AccessDeniedHandler;

/**
 * Answers an authenticated caller whom a rule of Spring Security denied, with the scope
 * that the rule asked for, where it says so.
 */
final class RefusalAccessDeniedHandler implements AccessDeniedHandler {

	private static final String SCOPE_PREFIX = "SCOPE_";

	private final RefusalResponses responses;

	RefusalAccessDeniedHandler(RefusalResponses responses) {
		this.responses = responses;
	}

	@Override
	public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException exception)
			throws IOException {
		List<String> scopes = requiredScopes(exception);
		this.responses.send(
				scopes.isEmpty() ? Refusal.of(Reason.ACCESS_DENIED) : new Refusal(Reason.INSUFFICIENT_SCOPE, scopes),
				request, response);
	}

	private static List<String> requiredScopes(AccessDeniedException exception) {
		List<String> scopes = new ArrayList<>();
		if (exception instanceof AuthorizationDeniedException denied
				&& denied.getAuthorizationResult() instanceof AuthorityAuthorizationDecision decision) {
			for (GrantedAuthority authority : decision.getAuthorities()) {
				String text = authority.getAuthority();
				if (text != null && text.startsWith(SCOPE_PREFIX)) {
					scopes.add(text.substring(SCOPE_PREFIX.length()));
				}
			}
		}
		return scopes;
	}

}
