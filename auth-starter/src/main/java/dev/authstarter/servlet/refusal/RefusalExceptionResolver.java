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
 * Answers refusals that beans throw behind a controller, before a controller advice that
 * handles every exception answers them with a server error.
 */
public final class RefusalExceptionResolver implements HandlerExceptionResolver, PriorityOrdered {

	private final RefusalWriter responses;

	public RefusalExceptionResolver(RefusalWriter responses) {
		this.responses = responses;
	}

	/**
	 * Runs before the resolvers of the application, even those with the highest
	 * precedence.
	 */
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
