package dev.authstarter.servlet.refusal;

import java.io.IOException;

import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import dev.authstarter.Refused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

/**
 * Answers a request whose caller is not authenticated.
 */
public final class RefusalEntryPoint implements AuthenticationEntryPoint, AuthenticationFailureHandler {

	private final RefusalWriter responses;

	public RefusalEntryPoint(RefusalWriter responses) {
		this.responses = responses;
	}

	@Override
	public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException exception)
			throws IOException {
		Refused refused = findRefused(exception);
		if (refused != null) {
			this.responses.send(refused, request, response);
			return;
		}
		if (exception instanceof AuthenticationCredentialsNotFoundException && RequestCaller.isKnownByToken(request)) {
			this.responses.sendLost(exception, request, response);
			return;
		}
		this.responses.send(refusal(exception, request), request, response);
	}

	@Override
	public void onAuthenticationFailure(HttpServletRequest request, HttpServletResponse response,
			AuthenticationException exception) throws IOException {
		commence(request, response, exception);
	}

	private static Refusal refusal(AuthenticationException exception, HttpServletRequest request) {
		boolean isOfNobody = exception instanceof InsufficientAuthenticationException
				|| exception instanceof AuthenticationCredentialsNotFoundException;
		if (isOfNobody && !RequestCaller.isKnownByToken(request)) {
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

	private static @Nullable Refused findRefused(Throwable exception) {
		for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
			if (cause instanceof Refused refused) {
				return refused;
			}
		}
		return null;
	}

}
