package dev.authstarter.reactive.context;

import java.lang.reflect.Method;
import java.util.Set;

import dev.authstarter.access.interception.DeferredCalls;
import org.aopalliance.intercept.MethodInvocation;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.interceptor.ExposeInvocationInterceptor;
import org.springframework.core.KotlinDetector;
import org.springframework.core.MethodParameter;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.util.ClassUtils;

/**
 * Enforces the rules of methods that return publishers, and of Kotlin's suspending
 * functions, with the caller in Reactor's context. The proxies of Spring give suspending
 * functions to advice as publishers.
 */
public final class ReactiveCalls implements DeferredCalls {

	private static final String FLOW = "kotlinx.coroutines.flow.Flow";

	/** Subscribers of other types, for example RxJava's, have no Reactor context. */
	private static final Set<String> TYPES = Set.of(Mono.class.getName(), Flux.class.getName(),
			Publisher.class.getName(), FLOW);

	/**
	 * Whether the proxies of Spring convert between suspending functions and publishers.
	 */
	private static final boolean CONVERTED = ClassUtils.isPresent("kotlinx.coroutines.reactor.MonoKt",
			ReactiveCalls.class.getClassLoader());

	private final ReactiveAdapterRegistry types = ReactiveAdapterRegistry.getSharedInstance();

	@Override
	public boolean defers(Method method) {
		if (KotlinDetector.isSuspendingFunction(method)) {
			return CONVERTED;
		}
		ReactiveAdapter adapter = this.types.getAdapter(method.getReturnType());
		return adapter != null && TYPES.contains(adapter.getDescriptor().getReactiveType().getName())
		// A more specific type, for example ConnectableFlux, could not be returned.
				&& method.getReturnType().isAssignableFrom(adapter.getDescriptor().getReactiveType());
	}

	@Override
	public Object proceed(Method method, MethodInvocation invocation, Runnable check) {
		ReactiveAdapter adapter = this.types.getAdapter(type(method));
		if (adapter == null) {
			throw new IllegalArgumentException("No publisher is returned by " + method);
		}
		Mono<Void> checked = ReactiveSecurityContextHolder.getContext()
			.defaultIfEmpty(new SecurityContextImpl())
			.doOnNext((context) -> HeldContext.call(context, () -> {
				// The rule reads the caller from SecurityContextHolder.
				check.run();
				return context;
			}))
			.then();
		Publisher<?> called = adapter.isMultiValue() ? checked.thenMany(Flux.defer(() -> call(invocation, adapter)))
				: checked.then(Mono.defer(() -> Mono.from(call(invocation, adapter))));
		return adapter.fromPublisher(called);
	}

	/** Return the type that advice gets from a method and returns for it. */
	private static Class<?> type(Method method) {
		if (!KotlinDetector.isSuspendingFunction(method)) {
			return method.getReturnType();
		}
		return new MethodParameter(method, -1).getParameterType().getName().equals(FLOW) ? Flux.class : Mono.class;
	}

	/**
	 * Call the method with a copy of the invocation, since the publisher may be
	 * subscribed again and an invocation cannot be repeated.
	 */
	private static Publisher<Object> call(MethodInvocation invocation, ReactiveAdapter adapter) {
		try {
			MethodInvocation one = (invocation instanceof ProxyMethodInvocation proxied) ? proxied.invocableClone()
					: invocation;
			// AspectJ advice after this one reads the invocation from the thread.
			return adapter.toPublisher(ExposeInvocationInterceptor.INSTANCE.invoke(one));
		}
		catch (Throwable ex) {
			return Mono.error(ex);
		}
	}

}
