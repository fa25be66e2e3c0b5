package dev.authstarter.reactive.refusal;

import dev.authstarter.Refused;
import dev.authstarter.RefusedException;
import dev.authstarter.access.RuleRefusedException;
import dev.authstarter.refusal.SecurityRefusals;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;

/**
 * Answers refusals that are thrown by or behind a controller, before a controller advice
 * for all exceptions turns them into server errors, and refusals that no filter chain
 * answers.
 */
@ControllerAdvice
public final class RefusalAdvice implements WebExceptionHandler, Ordered {

	/** Also before Spring Boot's handler for all exceptions, whose order is -1. */
	private static final int ORDER = HIGHEST_PRECEDENCE;

	private final ServerRefusalWriter responses;

	public RefusalAdvice(ServerRefusalWriter responses) {
		this.responses = responses;
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

	/** Answer a refusal that is thrown while a handler is invoked. */
	@ExceptionHandler({ RefusedException.class, RuleRefusedException.class })
	Mono<Void> answer(Exception exception, ServerWebExchange exchange) {
		return handle(exchange, exception);
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange, Throwable exception) {
		Refused refused = SecurityRefusals.find(exception);
		return (refused == null || exchange.getResponse().isCommitted()) ? Mono.error(exception)
				: this.responses.send(refused, exchange);
	}

}
