package dev.authstarter.reactive.refusal;

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
import dev.authstarter.reactive.context.ExchangeHandlerCall;
import dev.authstarter.refusal.RefusalEvents;
import dev.authstarter.refusal.RefusalRenderer;
import dev.authstarter.refusal.RenderedRefusal;
import dev.authstarter.refusal.RequestCaller;
import io.micrometer.common.KeyValue;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.security.core.Authentication;
import org.springframework.web.server.ServerWebExchange;

/**
 * Writes refusals to the responses of WebFlux, and notifies listeners.
 */
public final class ServerRefusalWriter {

	private static final String EXPOSED = HttpHeaders.WWW_AUTHENTICATE + ", " + HttpHeaders.RETRY_AFTER;

	private final RequestCaller callers;

	private final RefusalEvents facts;

	private final AuthListeners listeners;

	private final RefusalRenderer renderer;

	/**
	 * Create a writer.
	 * @param callers finds the caller of a request
	 * @param facts creates the events for listeners
	 * @param listeners are notified of refusals
	 * @param renderer renders the responses
	 */
	public ServerRefusalWriter(RequestCaller callers, RefusalEvents facts, AuthListeners listeners,
			RefusalRenderer renderer) {
		this.callers = callers;
		this.facts = facts;
		this.listeners = listeners;
		this.renderer = renderer;
	}

	/**
	 * Answer a request with the refusal of an exception, which code without the caller's
	 * security context may have thrown.
	 * @param refused the exception
	 * @param exchange the request
	 * @return completes when the response is written
	 */
	public Mono<Void> send(Refused refused, ServerWebExchange exchange) {
		OrganizationSecurityContext acting = ActingFilter.context(exchange);
		Authentication caller = (acting != null) ? acting.getAuthentication() : null;
		boolean decided = acting != null && OrganizationSecurityContext.organization(acting) != null;
		Refusal refusal = this.callers.correct(refused, caller, decided);
		if (Reason.CALLER_LOST.equals(refusal.reason()) && refused instanceof Throwable thrown) {
			return sendLost(thrown, exchange);
		}
		return answer(refusal, refused.issuer(), null, exchange);
	}

	/**
	 * Answer a request with a refusal that was decided with the caller's security
	 * context.
	 * @param refusal the refusal
	 * @param exchange the request
	 * @return completes when the response is written
	 */
	public Mono<Void> send(Refusal refusal, ServerWebExchange exchange) {
		return answer(this.callers.correct(refusal, ActingFilter.caller(exchange)), null, null, exchange);
	}

	/** Answer that a method was called without the caller's security context. */
	Mono<Void> sendLost(Throwable thrown, ServerWebExchange exchange) {
		return answer(Refusal.of(Reason.CALLER_LOST), null, RequestCaller.calledMethod(thrown), exchange);
	}

	private Mono<Void> answer(Refusal refusal, @Nullable TrustedIssuer issuer, @Nullable String method,
			ServerWebExchange exchange) {
		this.listeners.requestRefused(this.facts.collect(refusal.reason(), issuer, method,
				ExchangeHandlerCall.pattern(exchange), this.callers.token(ActingFilter.caller(exchange))));
		observe(refusal, exchange);
		ServerHttpResponse response = exchange.getResponse();
		if (response.isCommitted()) {
			// The part that was sent must not look like a complete response.
			return Mono.error(() -> new IllegalStateException(
					"Denied, but the response is already committed: " + refusal.reason()));
		}
		RenderedRefusal rendered = this.renderer.render(refusal, locale(exchange),
				exchange.getRequest().getHeaders().getOrEmpty(HttpHeaders.AUTHORIZATION));
		byte[] body = rendered.json().getBytes(StandardCharsets.UTF_8);
		response.setStatusCode(HttpStatusCode.valueOf(rendered.status()));
		HttpHeaders headers = response.getHeaders();
		// Headers of the handler about a response that is not sent.
		headers.clearContentHeaders();
		List.of(HttpHeaders.ETAG, HttpHeaders.LAST_MODIFIED).forEach(headers::remove);
		rendered.headers().forEach((name, values) -> headers.put(name, values));
		headers.setContentLength(body.length);
		if (headers.containsHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN)) {
			// Otherwise, a script in a browser may not read these headers.
			headers.add(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
		}
		if (HttpMethod.HEAD.equals(exchange.getRequest().getMethod())) {
			return response.setComplete();
		}
		return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
	}

	/**
	 * The observation of a request is on no thread, unless Reactor propagates it. Not a
	 * tag of its metrics, which would be there for refused requests alone.
	 */
	private static void observe(Refusal refusal, ServerWebExchange exchange) {
		ServerRequestObservationContext.findCurrent(exchange.getAttributes())
			.ifPresent((context) -> context
				.addHighCardinalityKeyValue(KeyValue.of("auth.reason", refusal.reason().code())));
	}

	private static Locale locale(ServerWebExchange exchange) {
		Locale locale = exchange.getLocaleContext().getLocale();
		return (locale != null) ? locale : Locale.getDefault();
	}

}
