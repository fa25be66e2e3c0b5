package dev.authstarter.servlet.refusal;

import java.io.IOException;
import java.io.UncheckedIOException;

import dev.authstarter.Refused;
import dev.authstarter.refusal.SecurityRefusals;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.core.PriorityOrdered;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Answers refusals that beans throw behind a controller, before an advice that catches
 * every exception turns them into a failure of the server.
 */
public final class RefusalExceptionResolver implements HandlerExceptionResolver, PriorityOrdered {

	private final RefusalWriter responses;

	public RefusalExceptionResolver(RefusalWriter responses) {
		this.responses = responses;
	}

	/** Before those of the application, also where they claim to be first. */
	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	@Override
	public @Nullable ModelAndView resolveException(HttpServletRequest request, HttpServletResponse response,
			@Nullable Object handler, Exception exception) {
		Refused refused = SecurityRefusals.unwrap(exception);
		if (refused == null || response.isCommitted()) {
			return null;
		}
		try {
			this.responses.send(refused, request, response);
			return new ModelAndView();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
