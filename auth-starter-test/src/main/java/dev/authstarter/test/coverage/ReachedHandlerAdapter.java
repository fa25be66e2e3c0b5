package dev.authstarter.test.coverage;

import java.util.List;
import java.util.function.Supplier;

import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.reactive.HandlerAdapter;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.server.ServerWebExchange;

/**
 * Marks requests that all guards have allowed. The adapter that calls the guards comes
 * first and calls this one, which calls the adapter that would be called without it.
 */
final class ReachedHandlerAdapter implements HandlerAdapter, Ordered {

	static final String ATTRIBUTE = ReachedHandlerAdapter.class.getName();

	private final SingletonSupplier<List<HandlerAdapter>> all;

	/**
	 * Call other adapters.
	 * @param all all adapters in their order, with this one
	 */
	ReachedHandlerAdapter(Supplier<List<HandlerAdapter>> all) {
		this.all = SingletonSupplier.of(all);
	}

	/** Those with priority come before. */
	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	@Override
	public boolean supports(Object handler) {
		return true;
	}

	@Override
	public Mono<HandlerResult> handle(ServerWebExchange exchange, Object handler) {
		exchange.getAttributes().put(ATTRIBUTE, true);
		List<HandlerAdapter> adapters = this.all.obtain();
		for (HandlerAdapter adapter : adapters.subList(adapters.indexOf(this) + 1, adapters.size())) {
			if (adapter.supports(handler)) {
				return adapter.handle(exchange, handler);
			}
		}
		return Mono.error(() -> new IllegalStateException("No HandlerAdapter supports " + handler));
	}

}
