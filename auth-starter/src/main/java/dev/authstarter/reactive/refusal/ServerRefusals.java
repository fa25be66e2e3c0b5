package dev.authstarter.reactive.refusal;

import java.util.List;
import java.util.function.Supplier;

import dev.authstarter.Refused;
import dev.authstarter.reactive.context.ActingFilter;
import dev.authstarter.refusal.RequestCaller;
import dev.authstarter.refusal.SecurityRefusals;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.server.ServerAuthenticationEntryPoint;
import org.springframework.security.web.server.WebFilterExchange;
import org.springframework.security.web.server.authentication.ServerAuthenticationFailureHandler;
import org.springframework.security.web.server.authorization.ServerAccessDeniedHandler;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;

/**
 * Answers Spring Security's exceptions: of requests whose caller is not authenticated,
 * and of authenticated callers whom a rule denied.
 */
public final class ServerRefusals
		implements ServerAuthenticationEntryPoint, ServerAuthenticationFailureHandler, ServerAccessDeniedHandler {

	private final ServerRefusalWriter responses;

	private final SecurityRefusals refusals;

	private final Supplier<List<HandlerMapping>> mappings;

	/**
	 * Answer exceptions.
	 * @param responses writes the responses
	 * @param refusals maps exceptions to refusals
	 * @param mappings the handler mappings, which set CORS headers
	 */
	public ServerRefusals(ServerRefusalWriter responses, SecurityRefusals refusals,
			Supplier<List<HandlerMapping>> mappings) {
		this.responses = responses;
		this.refusals = refusals;
		this.mappings = mappings;
	}

	@Override
	public Mono<Void> commence(ServerWebExchange exchange, AuthenticationException exception) {
		return permitOrigin(exchange).then(Mono.defer(() -> answer(exchange, exception)));
	}

	/**
	 * Set the CORS headers of the response. A mapping does so when it finds the handler,
	 * and no mapping was called yet. Only browsers send {@code Origin}.
	 */
	private Mono<Void> permitOrigin(ServerWebExchange exchange) {
		// A failure here must not replace the refusal.
		return Mono.defer(() -> askMappings(exchange)).onErrorComplete();
	}

	private Mono<Void> askMappings(ServerWebExchange exchange) {
		if (!CorsUtils.isCorsRequest(exchange.getRequest())
				|| exchange.getResponse().getHeaders().containsHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN)) {
			return Mono.empty();
		}
		return Flux.fromIterable(this.mappings.get())
			.concatMap((mapping) -> mapping.getHandler(exchange))
			.next()
			.then();
	}

	private Mono<Void> answer(ServerWebExchange exchange, AuthenticationException exception) {
		Refused refused = SecurityRefusals.find(exception);
		if (refused != null) {
			return this.responses.send(refused, exchange);
		}
		boolean known = RequestCaller.isKnownByToken(ActingFilter.caller(exchange));
		if (exception instanceof AuthenticationCredentialsNotFoundException && known) {
			return this.responses.sendLost(exception, exchange);
		}
		return this.responses.send(SecurityRefusals.of(exception, known), exchange);
	}

	@Override
	public Mono<Void> onAuthenticationFailure(WebFilterExchange exchange, AuthenticationException exception) {
		return commence(exchange.getExchange(), exception);
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange, AccessDeniedException exception) {
		return (exception instanceof Refused refused) ? this.responses.send(refused, exchange)
				: this.responses.send(this.refusals.of(exception), exchange);
	}

}
