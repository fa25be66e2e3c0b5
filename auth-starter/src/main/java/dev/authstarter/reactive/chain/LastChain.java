package dev.authstarter.reactive.chain;

import java.util.List;
import java.util.function.Supplier;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;

/**
 * A filter chain for the requests that no other chain matches, wherever it stands in
 * their order. Chains have no order by default, and an auto-configuration of the
 * application's may be processed after this library's.
 */
public final class LastChain implements SecurityWebFilterChain, SmartInitializingSingleton {

	private final SecurityWebFilterChain chain;

	private final SingletonSupplier<List<SecurityWebFilterChain>> later;

	/**
	 * Put a chain last.
	 * @param chain the chain
	 * @param later the other chains that come after this one by their order
	 */
	public LastChain(SecurityWebFilterChain chain, Supplier<List<SecurityWebFilterChain>> later) {
		this.chain = chain;
		this.later = SingletonSupplier.of(later);
	}

	/** Get the other chains before the first request, which must not wait for them. */
	@Override
	public void afterSingletonsInstantiated() {
		this.later.obtain();
	}

	@Override
	public Mono<Boolean> matches(ServerWebExchange exchange) {
		List<SecurityWebFilterChain> others = this.later.obtain();
		return others.isEmpty() ? this.chain.matches(exchange)
				: Flux.fromIterable(others)
					.concatMap((other) -> other.matches(exchange))
					.any((matched) -> matched)
					.flatMap((matched) -> matched ? Mono.just(false) : this.chain.matches(exchange));
	}

	@Override
	public Flux<WebFilter> getWebFilters() {
		return this.chain.getWebFilters();
	}

}
