package dev.authstarter.reactive.chain;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import dev.authstarter.access.PublicPath;
import dev.authstarter.reactive.context.ExchangeHandlerCall;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.http.server.PathContainer;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Permits requests that a handler declared public may serve. Which handler serves a
 * request is only determined later by WebFlux. The request is therefore marked, and the
 * guards refuse a marked request without a caller at any other handler.
 */
public final class PublicHandlerMatcher implements ServerWebExchangeMatcher, SmartInitializingSingleton {

	private final SingletonSupplier<List<Open>> declared;

	/**
	 * Permit what handlers are declared public for.
	 * @param declared supplies methods and patterns; called once, after all beans are
	 * created or at the first request
	 */
	public PublicHandlerMatcher(Supplier<List<PublicPath>> declared) {
		this.declared = SingletonSupplier.of(() -> declared.get().stream().map(Open::of).toList());
	}

	/** Read the handlers before the first request, which must not wait for them. */
	@Override
	public void afterSingletonsInstantiated() {
		this.declared.obtain();
	}

	@Override
	public Mono<MatchResult> matches(ServerWebExchange exchange) {
		String method = exchange.getRequest().getMethod().name();
		PathContainer path = exchange.getRequest().getPath().pathWithinApplication();
		if (this.declared.obtain().stream().noneMatch((open) -> open.matches(method, path))) {
			return MatchResult.notMatch();
		}
		ExchangeHandlerCall.admitForPublicHandler(exchange);
		return MatchResult.match();
	}

	/**
	 * The methods and the pattern that a handler is declared public for.
	 */
	private record Open(Set<String> methods, PathPattern pattern) {

		static Open of(PublicPath path) {
			return new Open(path.methods(), PathPatternParser.defaultInstance.parse(path.pattern()));
		}

		boolean matches(String method, PathContainer path) {
			boolean named = this.methods.isEmpty() || this.methods.contains(method)
					|| (method.equals("HEAD") && this.methods.contains("GET"));
			return named && this.pattern.matches(path);
		}

	}

}
