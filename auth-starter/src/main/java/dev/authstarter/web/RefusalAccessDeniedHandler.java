package dev.authstarter.web;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import dev.authstarter.Refused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorityAuthorizationDecision;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.ExpressionAuthorizationDecision;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.web.access.AccessDeniedHandler;

/**
 * Answers an authenticated caller whom a rule of Spring Security denied, with the scope
 * that the rule asked for, where it says so.
 */
final class RefusalAccessDeniedHandler implements AccessDeniedHandler {

	private static final String SCOPE_PREFIX = "SCOPE_";

	private static final Pattern SCOPE = Pattern
		.compile("hasAuthority\\(\\s*'SCOPE_([\\x21\\x23-\\x26\\x28-\\x5B\\x5D-\\x7E]+)'\\s*\\)");

	/** Of any other expression nobody can tell which scope would have helped. */
	private static final Pattern SCOPES_ONLY = Pattern
		.compile("\\s*%1$s(\\s+(and|AND|&&)\\s+%1$s)*\\s*".formatted(SCOPE.pattern()));

	private final RefusalResponses responses;

	RefusalAccessDeniedHandler(RefusalResponses responses) {
		this.responses = responses;
	}

	@Override
	public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException exception)
			throws IOException {
		if (exception instanceof Refused refused) {
			this.responses.send(refused, request, response);
			return;
		}
		this.responses.send(refusal(exception), request, response);
	}

	private static Refusal refusal(AccessDeniedException exception) {
		List<String> scopes = (exception instanceof AuthorizationDeniedException denied)
				? requiredScopes(denied.getAuthorizationResult()) : List.of();
		return scopes.isEmpty() ? Refusal.of(Reason.ACCESS_DENIED) : new Refusal(Reason.INSUFFICIENT_SCOPE, scopes);
	}

	private static List<String> requiredScopes(AuthorizationResult result) {
		List<String> scopes = new ArrayList<>();
		if (result instanceof AuthorityAuthorizationDecision decision) {
			for (GrantedAuthority authority : decision.getAuthorities()) {
				String text = authority.getAuthority();
				if (text != null && text.startsWith(SCOPE_PREFIX)) {
					scopes.add(text.substring(SCOPE_PREFIX.length()));
				}
			}
		}
		else if (result instanceof ExpressionAuthorizationDecision decision) {
			String expression = decision.getExpression().getExpressionString();
			if (SCOPES_ONLY.matcher(expression).matches()) {
				SCOPE.matcher(expression).results().forEach((scope) -> scopes.add(scope.group(1)));
			}
		}
		return scopes;
	}

}
