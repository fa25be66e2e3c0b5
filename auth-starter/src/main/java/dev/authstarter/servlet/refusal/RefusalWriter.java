package dev.authstarter.servlet.refusal;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import dev.authstarter.Refused;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.event.AuthListeners;
import dev.authstarter.event.FailureLog;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * Says a refusal in HTTP: status, challenge header and problem body.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-3">RFC 6750 section 3</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457#section-3">RFC 9457 section 3</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9728#section-5.1">RFC 9728 section
 * 5.1</a>
 */
public final class RefusalWriter {

	private static final String PROBLEM_TYPES = "https://authstarter.dev/refusals#";

	private static final String RETRY_AFTER_SECONDS = "5";

	private static final String EXPOSED = HttpHeaders.WWW_AUTHENTICATE + ", " + HttpHeaders.RETRY_AFTER;

	private final RequestCaller callers;

	private final RefusalEvents facts;

	private final AuthListeners listeners;

	private final String metadata;

	private final @Nullable RefusalExplainer explainer;

	private final FailureLog failures;

	/**
	 * Answer so.
	 * @param callers knows whose request it is
	 * @param metadata where this API says how to get a token for it, or {@code null} if
	 * nowhere
	 * @param explainer what explains refusals, or {@code null} if nothing does
	 * @param failures where it is noted that the explainer fails
	 */
	public RefusalWriter(RequestCaller callers, RefusalEvents facts, AuthListeners listeners, @Nullable URI metadata,
			@Nullable RefusalExplainer explainer, FailureLog failures) {
		this.callers = callers;
		this.explainer = explainer;
		this.failures = failures;
		this.facts = facts;
		this.listeners = listeners;
		this.metadata = (metadata != null) ? ", resource_metadata=\"%s\"".formatted(metadata.toASCIIString()) : "";
	}

	/** Answer with an exception, which may come from another thread. */
	void send(Refused refused, HttpServletRequest request, HttpServletResponse response) throws IOException {
		Refusal refusal = this.callers.correct(refused, request);
		if (refusal.reason() == Reason.CALLER_LOST && refused instanceof Throwable thrown) {
			sendLost(thrown, request, response);
		}
		else {
			send(refusal, refused.issuer(), request, response);
		}
	}

	/** Answer with what was decided on the request's own thread. */
	public void send(Refusal refusal, HttpServletRequest request, HttpServletResponse response) throws IOException {
		send(this.callers.correct(refusal, request), null, request, response);
	}

	/** Answer that a method was called on a thread that did not know the caller. */
	void sendLost(Throwable thrown, HttpServletRequest request, HttpServletResponse response) throws IOException {
		answer(Refusal.of(Reason.CALLER_LOST), null, RequestCaller.calledMethod(thrown), request, response);
	}

	private void send(Refusal refusal, @Nullable TrustedIssuer issuer, HttpServletRequest request,
			HttpServletResponse response) throws IOException {
		answer(refusal, issuer, null, request, response);
	}

	private void answer(Refusal refusal, @Nullable TrustedIssuer issuer, @Nullable String method,
			HttpServletRequest request, HttpServletResponse response) throws IOException {
		Reason reason = refusal.reason();
		this.listeners.requestRefused(this.facts.collect(reason, issuer, method, request));
		if (response.isCommitted()) {
			return;
		}
		response.resetBuffer();
		response.setStatus(reason.status());
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
		if (reason.status() == HttpStatus.SERVICE_UNAVAILABLE.value()) {
			response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
		}
		// No other token would help against the other refusals.
		if (reason.status() == HttpStatus.UNAUTHORIZED.value() || reason.error() != null) {
			response.setHeader(HttpHeaders.WWW_AUTHENTICATE, challenge(refusal) + this.metadata);
		}
		if (response.containsHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN)) {
			// Without this, a script may not read why it was refused.
			response.addHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
		}
		Map<String, Object> problem = problem(refusal);
		explain(refusal, request, problem);
		write(JSONObjectUtils.toJSONString(problem), "HEAD".equals(request.getMethod()), response);
	}

	private void explain(Refusal refusal, HttpServletRequest request, Map<String, Object> problem) {
		if (this.explainer == null) {
			return;
		}
		try {
			problem.put("diagnosis", this.explainer.explain(refusal, request));
		}
		catch (Exception | LinkageError | StackOverflowError | AssertionError ex) {
			this.failures.note("The explainer of refusals fails, and they are answered without a diagnosis", ex);
		}
	}

	private static void write(String json, boolean headOnly, HttpServletResponse response) throws IOException {
		response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		ServletOutputStream stream = stream(response);
		if (stream == null) {
			// A filter or a handler asked for the writer before and chose its encoding,
			// which Spring MVC has made forget since: so no length and ASCII only.
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

	/** The servlet API has no other way to learn that the writer is in use. */
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

	private static String challenge(Refusal refusal) {
		Reason reason = refusal.reason();
		StringBuilder challenge = new StringBuilder("Bearer realm=\"api\"");
		if (reason.error() != null) {
			challenge.append(", error=\"").append(reason.error()).append('"');
			challenge.append(", error_description=\"").append(reason.description()).append('"');
		}
		if (reason == Reason.INSUFFICIENT_SCOPE && !refusal.required().isEmpty()) {
			challenge.append(", scope=\"").append(String.join(" ", refusal.required())).append('"');
		}
		return challenge.toString();
	}

	private static Map<String, Object> problem(Refusal refusal) {
		Reason reason = refusal.reason();
		Map<String, Object> problem = new LinkedHashMap<>();
		problem.put("type", PROBLEM_TYPES + reason.code());
		problem.put("title", reason.description());
		problem.put("status", reason.status());
		problem.put("reason", reason.code());
		if (!refusal.required().isEmpty()) {
			problem.put("required", refusal.required());
		}
		return problem;
	}

}
