package dev.authstarter.servlet.refusal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import dev.authstarter.Refused;
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
		if (!(unwrap(exception) instanceof Refused refused) || response.isCommitted()) {
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

	/** What another thread throws arrives in one of these. */
	private static Throwable unwrap(Throwable exception) {
		Throwable thrown = exception;
		while ((thrown instanceof CompletionException || thrown instanceof ExecutionException
				|| thrown instanceof UndeclaredThrowableException) && thrown.getCause() != null) {
			thrown = thrown.getCause();
		}
		return thrown;
	}

}
