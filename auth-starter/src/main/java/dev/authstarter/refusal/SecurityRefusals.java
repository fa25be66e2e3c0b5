package dev.authstarter.refusal;

import java.lang.reflect.UndeclaredThrowableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;

import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import dev.authstarter.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.authorization.AuthorityAuthorizationDecision;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.ExpressionAuthorizationDecision;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;

/**
 * Says which refusals Spring Security's exceptions are, on either stack.
 */
public final class SecurityRefusals {

	private final @Nullable String scopePrefix;

	private final Pattern scope;

	/** Of any other expression it is unknown which scope would have helped. */
	private final Pattern scopesOnly;

	/**
	 * Read exceptions.
	 * @param scopePrefix what the authorities of scopes, and no others, start with, not
	 * empty; {@code null} if there is nothing of the kind
	 */
	public SecurityRefusals(@Nullable String scopePrefix) {
		this.scopePrefix = scopePrefix;
		String scope = "hasAuthority\\(\\s*['\"]%s([\\x21\\x23-\\x26\\x28-\\x5B\\x5D-\\x7E]+)['\"]\\s*\\)"
			.formatted(Pattern.quote(String.valueOf(scopePrefix)));
		this.scope = Pattern.compile(scope);
		this.scopesOnly = Pattern.compile("\\s*%1$s(\\s+(and|AND|&&)\\s+%1$s)*\\s*".formatted(scope));
	}

	/**
	 * Find what refused, among the causes of an exception.
	 * @param exception any exception
	 * @return the refusal's exception, or {@code null} if none of its causes is one
	 */
	public static @Nullable Refused find(Throwable exception) {
		for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
			if (cause instanceof Refused refused) {
				return refused;
			}
		}
		return null;
	}

	/**
	 * Find what refused behind the exceptions in which another thread's arrive.
	 * @param exception any exception
	 * @return the refusal's exception, or {@code null} if it is none
	 */
	public static @Nullable Refused unwrap(Throwable exception) {
		Throwable thrown = exception;
		while ((thrown instanceof CompletionException || thrown instanceof ExecutionException
				|| thrown instanceof UndeclaredThrowableException) && thrown.getCause() != null) {
			thrown = thrown.getCause();
		}
		return (thrown instanceof Refused refused) ? refused : null;
	}

	/**
	 * Say why a caller who is not authenticated was refused.
	 * @param exception Spring Security's exception, which is no refusal of ours
	 * @param known whether the request was authenticated with an access token
	 * @return the refusal
	 */
	public static Refusal of(AuthenticationException exception, boolean known) {
		boolean isOfNobody = exception instanceof InsufficientAuthenticationException
				|| exception instanceof AuthenticationCredentialsNotFoundException;
		if (isOfNobody && !known) {
			return Refusal.of(Reason.MISSING_TOKEN);
		}
		// From what finds tokens in the application's own way.
		if (exception instanceof OAuth2AuthenticationException other
				&& OAuth2ErrorCodes.INVALID_REQUEST.equals(other.getError().getErrorCode())) {
			return Refusal.of(Reason.MALFORMED_REQUEST);
		}
		if (exception instanceof AuthenticationServiceException) {
			return Refusal.of(Reason.KEYS_UNAVAILABLE);
		}
		return Refusal.of(Reason.REFUSED_BY_RULE);
	}

	/**
	 * Say why an authenticated caller was denied, with the scopes that the rule of Spring
	 * Security asked for, where it says so.
	 * @param exception Spring Security's exception, which is no refusal of ours
	 * @return the refusal
	 */
	public Refusal of(AccessDeniedException exception) {
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
