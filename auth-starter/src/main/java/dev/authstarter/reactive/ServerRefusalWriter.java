package dev.authstarter.reactive;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import dev.authstarter.Refused;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.event.AuthListeners;
import dev.authstarter.organization.OrganizationSecurityContext;
import dev.authstarter.reactive.context.ActingFilter;
import dev.authstarter.refusal.RefusalEvents;
import dev.authstarter.refusal.RefusalRenderer;
import dev.authstarter.refusal.RenderedRefusal;
import dev.authstarter.refusal.RequestCaller;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.security.core.Authentication;
import org.springframework.web.server.ServerWebExchange;

/**
 * Writes refusals to the responses of WebFlux, and tells listeners of them.
 */
final class ServerRefusalWriter {

	private static final String EXPOSED = HttpHeaders.WWW_AUTHENTICATE + ", " + HttpHeaders.RETRY_AFTER;

	private final RequestCaller callers;

	private final RefusalEvents facts;

	private final AuthListeners listeners;

	private final RefusalRenderer renderer;

	/**
	 * Write what a renderer makes of refusals.
	 * @param callers knows whose request it is
	 * @param facts what listeners are told
	 * @param listeners are told of refusals
	 * @param renderer what a refusal is answered with
	 */
	ServerRefusalWriter(RequestCaller callers, RefusalEvents facts, AuthListeners listeners, RefusalRenderer renderer) {
		this.callers = callers;
		this.facts = facts;
		this.listeners = listeners;
		this.renderer = renderer;
	}

	/** Answer with an exception, which may come from where the caller is not known. */
	Mono<Void> send(Refused refused, ServerWebExchange exchange) {
		OrganizationSecurityContext acting = ActingFilter.context(exchange);
		Authentication caller = (acting != null) ? acting.getAuthentication() : null;
		boolean decided = acting != null && OrganizationSecurityContext.organization(acting) != null;
		Refusal refusal = this.callers.correct(refused, caller, decided);
		if (Reason.CALLER_LOST.equals(refusal.reason()) && refused instanceof Throwable thrown) {
			return sendLost(thrown, exchange);
		}
		return answer(refusal, refused.issuer(), null, exchange);
	}

	/** Answer with what was decided where the caller is known. */
	Mono<Void> send(Refusal refusal, ServerWebExchange exchange) {
		return answer(this.callers.correct(refusal, ActingFilter.caller(exchange)), null, null, exchange);
	}

	/** Answer that a method was called where the caller was not known. */
	Mono<Void> sendLost(Throwable thrown, ServerWebExchange exchange) {
		return answer(Refusal.of(Reason.CALLER_LOST), null, RequestCaller.calledMethod(thrown), exchange);
	}

	private Mono<Void> answer(Refusal refusal, @Nullable TrustedIssuer issuer, @Nullable String method,
			ServerWebExchange exchange) {
		this.listeners.requestRefused(this.facts.collect(refusal.reason(), issuer, method,
				ExchangeHandlerCall.pattern(exchange), this.callers.token(ActingFilter.caller(exchange))));
		ServerHttpResponse response = exchange.getResponse();
		if (response.isCommitted()) {
			// What was sent must not look complete.
			return Mono
				.error(() -> new IllegalStateException("Refused, and the answer has begun: " + refusal.reason()));
		}
		RenderedRefusal rendered = this.renderer.render(refusal, locale(exchange),
				exchange.getRequest().getHeaders().getOrEmpty(HttpHeaders.AUTHORIZATION));
		byte[] body = rendered.json().getBytes(StandardCharsets.UTF_8);
		response.setStatusCode(HttpStatusCode.valueOf(rendered.status()));
		HttpHeaders headers = response.getHeaders();
		// What the handler said of an answer that is not sent.
		headers.clearContentHeaders();
		List.of(HttpHeaders.ETAG, HttpHeaders.LAST_MODIFIED).forEach(headers::remove);
		rendered.headers().forEach((name, values) -> headers.put(name, values));
		headers.setContentLength(body.length);
		if (headers.containsHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN)) {
			// Without this, a script may not read why it was refused.
			headers.add(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
		}
		if (HttpMethod.HEAD.equals(exchange.getRequest().getMethod())) {
			return response.setComplete();
		}
		return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
	}

	private static Locale locale(ServerWebExchange exchange) {
		Locale locale = exchange.getLocaleContext().getLocale();
		return (locale != null) ? locale : Locale.getDefault();
	}

}
