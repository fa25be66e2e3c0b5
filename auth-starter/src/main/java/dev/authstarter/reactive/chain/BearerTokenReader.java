package dev.authstarter.reactive.chain;

import java.util.List;

import dev.authstarter.authentication.BearerCredentials;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;
import org.springframework.web.server.ServerWebExchange;

/**
 * Reads the token from the {@code Authorization} header only.
 */
final class BearerTokenReader implements ServerAuthenticationConverter {

	@Override
	public Mono<Authentication> convert(ServerWebExchange exchange) {
		ServerHttpRequest request = exchange.getRequest();
		List<String> headers = request.getHeaders().getOrEmpty(HttpHeaders.AUTHORIZATION);
		return headers.isEmpty() ? Mono.empty() : Mono.fromSupplier(
				() -> BearerCredentials.find(headers.get(0), headers.size() > 1, request.getURI().getRawQuery()));
	}

}
