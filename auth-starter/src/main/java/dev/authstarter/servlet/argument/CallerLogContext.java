package dev.authstarter.servlet.argument;

import java.util.Map;

import dev.authstarter.CurrentOrganization;
import dev.authstarter.authentication.AccessTokenReader;
import dev.authstarter.organization.CallerLogEntries;
import dev.authstarter.servlet.handler.NestedDispatches;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.servlet.AsyncHandlerInterceptor;

/**
 * Puts the organization, the subject and the client id of the caller into the logging
 * context (MDC) while a handler runs.
 */
public final class CallerLogContext implements AsyncHandlerInterceptor {

	private final NestedDispatches<Map<String, String>> nested = new NestedDispatches<>(CallerLogContext.class);

	private final AccessTokenReader accessTokens;

	private final CurrentOrganization acting;

	public CallerLogContext(AccessTokenReader accessTokens, CurrentOrganization acting) {
		this.accessTokens = accessTokens;
		this.acting = acting;
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		this.nested.enter(request, CallerLogEntries::take);
		CallerLogEntries.set(CallerLogEntries
			.of(this.accessTokens.read(SecurityContextHolder.getContext().getAuthentication()), this.acting.find()));
		return true;
	}

	@Override
	public void afterCompletion(HttpServletRequest request, HttpServletResponse response, Object handler,
			@Nullable Exception exception) {
		leave(request);
	}

	@Override
	public void afterConcurrentHandlingStarted(HttpServletRequest request, HttpServletResponse response,
			Object handler) {
		leave(request);
	}

	private void leave(HttpServletRequest request) {
		CallerLogEntries.take();
		Map<String, String> outer = this.nested.leave(request);
		if (outer != null) {
			CallerLogEntries.set(outer);
		}
	}

}
