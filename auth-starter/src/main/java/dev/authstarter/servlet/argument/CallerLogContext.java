package dev.authstarter.servlet.argument;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.authstarter.AccessToken;
import dev.authstarter.CurrentOrganization;
import dev.authstarter.Organization;
import dev.authstarter.authentication.AccessTokenReader;
import dev.authstarter.jose.PrintableText;
import dev.authstarter.servlet.handler.NestedDispatches;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.servlet.AsyncHandlerInterceptor;

/**
 * Puts the organization, the subject and the client id of the caller into the logging
 * context (MDC) while a handler runs.
 */
public final class CallerLogContext implements AsyncHandlerInterceptor {

	private static final String ORGANIZATION = "auth.organization";

	private static final String SUBJECT = "auth.subject";

	private static final String CLIENT = "auth.client";

	private final NestedDispatches<Map<String, String>> nested = new NestedDispatches<>(CallerLogContext.class);

	private final AccessTokenReader accessTokens;

	private final CurrentOrganization acting;

	public CallerLogContext(AccessTokenReader accessTokens, CurrentOrganization acting) {
		this.accessTokens = accessTokens;
		this.acting = acting;
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		this.nested.enter(request, CallerLogContext::take);
		AccessToken caller = this.accessTokens.read(SecurityContextHolder.getContext().getAuthentication());
		Organization organization = this.acting.find();
		put(ORGANIZATION, (organization != null) ? organization.id() : null);
		put(SUBJECT, (caller != null) ? caller.subject() : null);
		put(CLIENT, (caller != null) ? caller.clientId() : null);
		return true;
	}

	private static void put(String key, @Nullable String value) {
		if (value != null) {
			MDC.put(key, PrintableText.of(value));
		}
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
		clear();
		Map<String, String> outer = this.nested.leave(request);
		if (outer != null) {
			outer.forEach(MDC::put);
		}
	}

	/** Remove the entries of the outer handler and return them. */
	private static Map<String, String> take() {
		Map<String, String> taken = new HashMap<>();
		for (String key : List.of(ORGANIZATION, SUBJECT, CLIENT)) {
			String value = MDC.get(key);
			if (value != null) {
				taken.put(key, value);
			}
		}
		clear();
		return taken;
	}

	private static void clear() {
		MDC.remove(ORGANIZATION);
		MDC.remove(SUBJECT);
		MDC.remove(CLIENT);
	}

}
