package dev.authstarter.reactive.handler;

import java.util.List;
import java.util.function.Supplier;

import dev.authstarter.AccessToken;
import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import dev.authstarter.Refused;
import dev.authstarter.access.HandlerCall;
import dev.authstarter.access.HandlerGuard;
import dev.authstarter.access.declaration.CallerArguments;
import dev.authstarter.authentication.AccessTokenReader;
import dev.authstarter.organization.OrganizationSecurityContext;
import dev.authstarter.reactive.context.ActingFilter;
import dev.authstarter.reactive.context.DecisionObserver;
import dev.authstarter.reactive.context.ExchangeHandlerCall;
import dev.authstarter.reactive.context.HeldContext;
import dev.authstarter.reactive.context.ServerThread;
import dev.authstarter.reactive.refusal.ServerRefusalWriter;
import dev.authstarter.refusal.SecurityRefusals;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.MethodParameter;
import org.springframework.core.PriorityOrdered;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.DispatchExceptionHandler;
import org.springframework.web.reactive.HandlerAdapter;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.server.ServerWebExchange;

/**
 * Calls the guards when WebFlux has found the handler and before the body is read. It is
 * the first of all adapters and supports every handler. If no guard refuses the call, it
 * delegates to the adapter that supports the handler.
 */
public final class GuardedHandlerAdapter
		implements HandlerAdapter, AopInfrastructureBean, PriorityOrdered, SmartInitializingSingleton {

	private final SingletonSupplier<List<HandlerAdapter>> others;

	private final SingletonSupplier<List<HandlerGuard>> guards;

	private final AccessTokenReader accessTokens;

	private final ServerRefusalWriter responses;

	private final @Nullable Scheduler blocking;

	private final @Nullable DecisionObserver observer;

	/**
	 * Call guards before handlers.
	 * @param others all other adapters in their order
	 * @param guards the guards
	 * @param accessTokens reads the access token of an authentication
	 * @param responses writes the responses to refused calls
	 * @param blocking the scheduler on which the guards are called, or {@code null} if
	 * none of them blocks, so that they may be called on an event loop
	 * @param observer observes decisions, or {@code null}
	 */
	public GuardedHandlerAdapter(Supplier<List<HandlerAdapter>> others, Supplier<List<HandlerGuard>> guards,
			AccessTokenReader accessTokens, ServerRefusalWriter responses, @Nullable Scheduler blocking,
			@Nullable DecisionObserver observer) {
		this.others = SingletonSupplier.of(others);
		this.guards = SingletonSupplier.of(guards);
		this.accessTokens = accessTokens;
		this.responses = responses;
		this.blocking = blocking;
		this.observer = observer;
	}

	/** Get adapters and guards before the first request, which must not wait for them. */
	@Override
	public void afterSingletonsInstantiated() {
		this.others.obtain();
		this.guards.obtain();
	}

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
		DecisionObserver observing = this.observer;
		if (observing == null) {
			return handle(exchange, handler, () -> refuse(handler, exchange));
		}
		return Mono.deferContextual((context) -> handle(exchange, handler,
				() -> observing.observe(context, () -> refuse(handler, exchange))));
	}

	private Mono<HandlerResult> handle(ServerWebExchange exchange, Object handler,
			Supplier<@Nullable Refusal> decision) {
		if (this.blocking == null) {
			Refusal refusal = decision.get();
			return (refusal != null) ? answer(refusal, exchange) : call(handler, exchange);
		}
		Mono<Mono<HandlerResult>> decided = Mono.fromSupplier(decision)
			.subscribeOn(this.blocking)
			.map((refusal) -> answer(refusal, exchange))
			.defaultIfEmpty(Mono.defer(() -> call(handler, exchange)));
		return ServerThread.returnTo(decided).flatMap((rest) -> rest);
	}

	/**
	 * The guards read the caller from {@code SecurityContextHolder}, and store the
	 * organization there.
	 */
	private @Nullable Refusal refuse(Object handler, ServerWebExchange exchange) {
		OrganizationSecurityContext acting = ActingFilter.context(exchange);
		SecurityContext held = new SecurityContextImpl();
		held.setAuthentication(ActingFilter.caller(exchange));
		return HeldContext.call(held, () -> {
			Refusal refusal = refuse(new ExchangeHandlerCall(handler, exchange),
					this.accessTokens.read(held.getAuthentication()));
			if (refusal == null && acting != null && !acting.decide(OrganizationSecurityContext.organization())) {
				return Refusal.of(Reason.ORGANIZATION_AMBIGUOUS);
			}
			AccessToken caller = this.accessTokens.read(held.getAuthentication());
			Refusal refused = (refusal != null) ? refusal : refuseArguments(handler, caller);
			if (refused == null) {
				ActingFilter.allow(exchange, caller, OrganizationSecurityContext.organization());
			}
			return refused;
		});
	}

	/**
	 * Refuse a call with a missing argument before arguments are resolved, since a
	 * controller may handle every exception of that step itself.
	 */
	private static @Nullable Refusal refuseArguments(Object handler, @Nullable AccessToken caller) {
		if (handler instanceof HandlerMethod method) {
			for (MethodParameter parameter : method.getMethodParameters()) {
				Refusal refusal = CallerArguments.supports(parameter)
						? CallerArguments.refuse(parameter, caller, OrganizationSecurityContext.organization()) : null;
				if (refusal != null) {
					return refusal;
				}
			}
		}
		return null;
	}

	private @Nullable Refusal refuse(HandlerCall call, @Nullable AccessToken caller) {
		for (HandlerGuard guard : this.guards.obtain()) {
			Refusal refusal = guard.refuse(call, caller);
			if (refusal != null) {
				return refusal;
			}
		}
		return null;
	}

	private Mono<HandlerResult> answer(Refusal refusal, ServerWebExchange exchange) {
		return this.responses.send(refusal, exchange).then(Mono.empty());
	}

	private Mono<HandlerResult> call(Object handler, ServerWebExchange exchange) {
		for (HandlerAdapter adapter : this.others.obtain()) {
			if (adapter.supports(handler)) {
				return adapter.handle(exchange, handler)
					.doOnNext(this::answerRefusals)
					.onErrorResume((failure) -> answerRefusal(failure, exchange));
			}
		}
		return Mono.error(() -> new IllegalStateException("No HandlerAdapter supports " + handler));
	}

	/**
	 * Answer refusals of the publisher that a handler returns, before a controller advice
	 * of the application for all exceptions turns them into server errors.
	 */
	private void answerRefusals(HandlerResult result) {
		DispatchExceptionHandler others = result.getExceptionHandler();
		result.setExceptionHandler((exchange, exception) -> {
			Refused refused = SecurityRefusals.unwrap(exception);
			if (refused != null && !exchange.getResponse().isCommitted()) {
				return answer(exchange, refused);
			}
			return (others != null) ? others.handleError(exchange, exception) : Mono.error(exception);
		});
	}

	/** Answer a refusal that a functional route or another handler throws. */
	private Mono<HandlerResult> answerRefusal(Throwable failure, ServerWebExchange exchange) {
		Refused refused = SecurityRefusals.unwrap(failure);
		return (refused != null && !exchange.getResponse().isCommitted()) ? answer(exchange, refused)
				: Mono.error(failure);
	}

	private Mono<HandlerResult> answer(ServerWebExchange exchange, Refused refused) {
		return this.responses.send(refused, exchange).then(Mono.empty());
	}

}
