package dev.authstarter.test.coverage;

import java.util.concurrent.atomic.AtomicBoolean;

import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Records the requests of WebFlux applications. The status is known when the response is
 * committed: failures are answered outside of all filters.
 */
final class TriesWebFilter implements WebFilter, Ordered {

	private final HandlerTries tries;

	TriesWebFilter(HandlerTries tries) {
		this.tries = tries;
	}

	/** Before the security filter chain, which refuses most requests. */
	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		AtomicBoolean ended = new AtomicBoolean();
		this.tries.requestBegins();
		exchange.getResponse().beforeCommit(() -> Mono.fromRunnable(() -> {
			record(exchange);
			end(ended);
		}));
		return chain.filter(exchange).doOnCancel(() -> end(ended));
	}

	private void record(ServerWebExchange exchange) {
		HttpStatusCode status = exchange.getResponse().getStatusCode();
		this.tries.record(exchange.getRequest().getMethod().name(),
				exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE),
				exchange.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE),
				exchange.getRequest().getPath().pathWithinApplication().value(),
				((status != null) ? status : HttpStatus.OK).value(),
				exchange.getAttribute(ReachedHandlerAdapter.ATTRIBUTE) != null);
	}

	private void end(AtomicBoolean ended) {
		if (ended.compareAndSet(false, true)) {
			this.tries.requestEnds();
		}
	}

}
