package dev.authstarter.servlet.refusal;

import java.io.IOException;

import dev.authstarter.Refused;
import dev.authstarter.refusal.SecurityRefusals;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.access.AccessDeniedHandler;

/**
 * Answers requests of authenticated callers that a rule of Spring Security denied.
 */
public final class RefusalAccessDeniedHandler implements AccessDeniedHandler {

	private final RefusalWriter responses;

	private final SecurityRefusals refusals;

	/**
	 * Create a handler.
	 * @param responses writes the responses
	 * @param refusals finds the reason of a denial
	 */
	public RefusalAccessDeniedHandler(RefusalWriter responses, SecurityRefusals refusals) {
		this.responses = responses;
		this.refusals = refusals;
	}

	@Override
	public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException exception)
			throws IOException {
		if (exception instanceof Refused refused) {
			this.responses.send(refused, request, response);
			return;
		}
		this.responses.send(this.refusals.of(exception), request, response);
	}

}
