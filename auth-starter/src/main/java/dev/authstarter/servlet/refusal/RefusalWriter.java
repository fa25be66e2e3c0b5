package dev.authstarter.servlet.refusal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;

import dev.authstarter.CurrentOrganization;
import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import dev.authstarter.Refused;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.event.AuthListeners;
import dev.authstarter.refusal.RefusalEvents;
import dev.authstarter.refusal.RefusalRenderer;
import dev.authstarter.refusal.RenderedRefusal;
import dev.authstarter.refusal.RequestCaller;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;

/**
 * Writes refusals to servlet responses and notifies listeners.
 */
public final class RefusalWriter {

	/**
	 * {@code HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE}, which is also needed
	 * without Spring MVC.
	 */
	public static final String MATCHED_PATTERN = "org.springframework.web.servlet.HandlerMapping.bestMatchingPattern";

	private static final String EXPOSED = HttpHeaders.WWW_AUTHENTICATE + ", " + HttpHeaders.RETRY_AFTER;

	private final RequestCaller callers;

	private final CurrentOrganization acting;

	private final RefusalEvents facts;

	private final AuthListeners listeners;

	private final RefusalRenderer renderer;

	/**
	 * Create a writer.
	 * @param callers corrects refusals with the caller of the request
	 * @param acting the organization of the request
	 * @param facts creates the events of refusals
	 * @param listeners the listeners to notify
	 * @param renderer renders the responses
	 */
	public RefusalWriter(RequestCaller callers, CurrentOrganization acting, RefusalEvents facts,
			AuthListeners listeners, RefusalRenderer renderer) {
		this.callers = callers;
		this.acting = acting;
		this.facts = facts;
		this.listeners = listeners;
		this.renderer = renderer;
	}

	/** Answer with the refusal of an exception, which may come from another thread. */
	void send(Refused refused, HttpServletRequest request, HttpServletResponse response) throws IOException {
		Refusal refusal = this.callers.correct(refused, authentication(request), isOrganizationLost(request));
		if (Reason.CALLER_LOST.equals(refusal.reason()) && refused instanceof Throwable thrown) {
			sendLost(thrown, request, response);
		}
		else {
			answer(refusal, refused.issuer(), null, request, response);
		}
	}

	/**
	 * Answer with a refusal that was decided on the thread of the request.
	 * @param refusal the refusal
	 * @param request the request
	 * @param response the response
	 * @throws IOException if the response cannot be written
	 */
	public void send(Refusal refusal, HttpServletRequest request, HttpServletResponse response) throws IOException {
		answer(this.callers.correct(refusal, authentication(request)), null, null, request, response);
	}

	/**
	 * Answer that a method was called on a thread without the caller's authentication.
	 */
	void sendLost(Throwable thrown, HttpServletRequest request, HttpServletResponse response) throws IOException {
		answer(Refusal.of(Reason.CALLER_LOST), null, RequestCaller.calledMethod(thrown), request, response);
	}

	/**
	 * Return whether the request acts in an organization. If Spring Security has cleared
	 * the context before it starts authentication, this is assumed if the token names an
	 * organization.
	 */
	private boolean isOrganizationLost(HttpServletRequest request) {
		return this.acting.find() != null || (SecurityContextHolder.getContext().getAuthentication() == null
				&& this.callers.namesOrganization(authentication(request)));
	}

	/**
	 * Return the authentication of the request. Spring Security clears the context before
	 * it starts authentication; then the saved context is used.
	 */
	static @Nullable Authentication authentication(HttpServletRequest request) {
		Authentication current = SecurityContextHolder.getContext().getAuthentication();
		if (current == null && request.getAttribute(
				RequestAttributeSecurityContextRepository.DEFAULT_REQUEST_ATTR_NAME) instanceof SecurityContext saved) {
			return saved.getAuthentication();
		}
		return current;
	}

	private void answer(Refusal refusal, @Nullable TrustedIssuer issuer, @Nullable String method,
			HttpServletRequest request, HttpServletResponse response) throws IOException {
		Object pattern = request.getAttribute(MATCHED_PATTERN);
		this.listeners.requestRefused(this.facts.collect(refusal.reason(), issuer, method,
				(pattern != null) ? pattern.toString() : null, this.callers.token(authentication(request))));
		if (response.isCommitted()) {
			return;
		}
		response.resetBuffer();
		RenderedRefusal rendered = this.renderer.render(refusal, request.getLocale(),
				Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION)));
		response.setStatus(rendered.status());
		rendered.headers().forEach((name, values) -> values.forEach((value) -> response.setHeader(name, value)));
		if (response.containsHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN)) {
			// Without it, scripts of other origins cannot read these headers.
			response.addHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
		}
		write(rendered.json(), "HEAD".equals(request.getMethod()), response);
	}

	private static void write(String json, boolean headOnly, HttpServletResponse response) throws IOException {
		ServletOutputStream stream = stream(response);
		if (stream == null) {
			// A filter or a handler has used the writer and chosen its encoding, which
			// Spring MVC has reset since, so there is no length and the text is ASCII
			// only.
			response.setHeader(HttpHeaders.CONTENT_LENGTH, null);
			response.getWriter().write(ascii(json));
			return;
		}
		byte[] body = json.getBytes(StandardCharsets.UTF_8);
		response.setContentLength(body.length);
		if (!headOnly) {
			stream.write(body);
		}
	}

	/**
	 * Return the stream, or {@code null} if the writer is in use. The servlet API offers
	 * no other way to find that out.
	 */
	private static @Nullable ServletOutputStream stream(HttpServletResponse response) throws IOException {
		try {
			return response.getOutputStream();
		}
		catch (IllegalStateException ex) {
			return null;
		}
	}

	private static String ascii(String json) {
		StringBuilder ascii = new StringBuilder(json.length());
		json.chars().forEach((c) -> ascii.append((c < 128) ? String.valueOf((char) c) : "\\u%04x".formatted(c)));
		return ascii.toString();
	}

}
