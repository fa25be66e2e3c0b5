package dev.authstarter.web;

import java.io.IOException;
import java.io.UncheckedIOException;

import dev.authstarter.Refused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Answers refusals that beans throw behind a controller, before an advice that catches
 * every exception turns them into a failure of the server.
 */
final class RefusalExceptionResolver implements HandlerExceptionResolver, Ordered {

	private final RefusalResponses responses;

	RefusalExceptionResolver(RefusalResponses responses) {
		this.responses = responses;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public @Nullable ModelAndView resolveException(HttpServletRequest request, HttpServletResponse response,
			@Nullable Object handler, Exception exception) {
		if (!(exception instanceof Refused refused) || response.isCommitted()) {
			return null;
		}
		try {
			response.resetBuffer();
			this.responses.send(refused, request, response);
			return new ModelAndView();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
