package dev.authstarter.servlet.refusal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import dev.authstarter.Refused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

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
public final class RefusalAccessDeniedHandler implements AccessDeniedHandler {

	private final RefusalWriter responses;

	private final @Nullable String scopePrefix;

	private final Pattern scope;

	/** Of any other expression nobody can tell which scope would have helped. */
	private final Pattern scopesOnly;

	/**
	 * Answer denied callers.
	 * @param scopePrefix what the authorities of scopes, and no others, start with, not
	 * empty; {@code null} if there is nothing of the kind
	 */
	public RefusalAccessDeniedHandler(RefusalWriter responses, @Nullable String scopePrefix) {
		this.responses = responses;
		this.scopePrefix = scopePrefix;
		String scope = "hasAuthority\\(\\s*['\"]%s([\\x21\\x23-\\x26\\x28-\\x5B\\x5D-\\x7E]+)['\"]\\s*\\)"
			.formatted(Pattern.quote(String.valueOf(scopePrefix)));
		this.scope = Pattern.compile(scope);
		this.scopesOnly = Pattern.compile("\\s*%1$s(\\s+(and|AND|&&)\\s+%1$s)*\\s*".formatted(scope));
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

	private Refusal refusal(AccessDeniedException exception) {
		List<String> scopes = (exception instanceof AuthorizationDeniedException denied)
				? requiredScopes(denied.getAuthorizationResult()) : List.of();
		return scopes.isEmpty() ? Refusal.of(Reason.ACCESS_DENIED) : new Refusal(Reason.INSUFFICIENT_SCOPE, scopes);
	}

	private List<String> requiredScopes(AuthorizationResult result) {
		List<String> scopes = new ArrayList<>();
		if (this.scopePrefix == null) {
			return scopes;
		}
		if (result instanceof AuthorityAuthorizationDecision decision) {
			for (GrantedAuthority authority : decision.getAuthorities()) {
				String text = authority.getAuthority();
				if (text != null && text.startsWith(this.scopePrefix)) {
					scopes.add(text.substring(this.scopePrefix.length()));
				}
			}
		}
		else if (result instanceof ExpressionAuthorizationDecision decision) {
			String expression = decision.getExpression().getExpressionString();
			if (this.scopesOnly.matcher(expression).matches()) {
				this.scope.matcher(expression).results().forEach((found) -> scopes.add(found.group(1)));
			}
		}
		return scopes;
	}

}
