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
 * Maps exceptions of Spring Security to refusals, for Spring MVC and WebFlux.
 */
public final class SecurityRefusals {

	private final @Nullable String scopePrefix;

	private final Pattern scope;

	/** For any other expression it is unknown which scope is missing. */
	private final Pattern scopesOnly;

	/**
	 * Create a mapping.
	 * @param scopePrefix the prefix that authorities of scopes have and no others, not
	 * empty; {@code null} if there is no such prefix
	 */
	public SecurityRefusals(@Nullable String scopePrefix) {
		this.scopePrefix = scopePrefix;
		String scope = "hasAuthority\\(\\s*['\"]%s([\\x21\\x23-\\x26\\x28-\\x5B\\x5D-\\x7E]+)['\"]\\s*\\)"
			.formatted(Pattern.quote(String.valueOf(scopePrefix)));
		this.scope = Pattern.compile(scope);
		this.scopesOnly = Pattern.compile("\\s*%1$s(\\s+(and|AND|&&)\\s+%1$s)*\\s*".formatted(scope));
	}

	/**
	 * Find the exception of a refusal among an exception and its causes.
	 * @param exception any exception
	 * @return the exception of the refusal, or {@code null} if there is none
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
	 * Find the exception of a refusal behind the exceptions that wrap those of another
	 * thread.
	 * @param exception any exception
	 * @return the exception of the refusal, or {@code null} if there is none
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
	 * Return the refusal of a request whose caller is not authenticated.
	 * @param exception Spring Security's exception, not one of this library's refusals
	 * @param known whether the request was authenticated with an access token
	 * @return the refusal
	 */
	public static Refusal of(AuthenticationException exception, boolean known) {
		boolean isUnauthenticated = exception instanceof InsufficientAuthenticationException
				|| exception instanceof AuthenticationCredentialsNotFoundException;
		if (isUnauthenticated && !known) {
			return Refusal.of(Reason.MISSING_TOKEN);
		}
		// Thrown by a token resolver of the application.
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
	 * Return the refusal of an authenticated caller, with the scopes that Spring
	 * Security's rule requires if the exception contains them.
	 * @param exception Spring Security's exception, not one of this library's refusals
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
