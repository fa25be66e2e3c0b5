package dev.authstarter.servlet.refusal;

import java.io.IOException;

import dev.authstarter.Refused;
import dev.authstarter.refusal.RequestCaller;
import dev.authstarter.refusal.SecurityRefusals;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.core.AuthenticationException;
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
		Refused refused = SecurityRefusals.find(exception);
		if (refused != null) {
			this.responses.send(refused, request, response);
			return;
		}
		boolean known = RequestCaller.isKnownByToken(RefusalWriter.authentication(request));
		if (exception instanceof AuthenticationCredentialsNotFoundException && known) {
			this.responses.sendLost(exception, request, response);
			return;
		}
		this.responses.send(SecurityRefusals.of(exception, known), request, response);
	}

	@Override
	public void onAuthenticationFailure(HttpServletRequest request, HttpServletResponse response,
			AuthenticationException exception) throws IOException {
		commence(request, response, exception);
	}

}
