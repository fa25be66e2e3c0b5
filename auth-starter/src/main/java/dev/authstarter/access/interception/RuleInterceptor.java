package dev.authstarter.access.interception;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import dev.authstarter.access.CallerRules;
import dev.authstarter.access.Rule;
import dev.authstarter.access.RuleRefusedException;
import dev.authstarter.access.declaration.DeclaredRules;
import dev.authstarter.access.declaration.MethodCallers;
import dev.authstarter.access.declaration.MethodName;
import dev.authstarter.access.declaration.TypeHierarchy;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEvent;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.util.function.SingletonSupplier;

/**
 * Enforces the rules of beans that are no web handlers.
 */
public final class RuleInterceptor implements MethodInterceptor {

	private static final Log logger = LogFactory.getLog(RuleInterceptor.class);

	private final DeclaredRules rules;

	private final SingletonSupplier<CallerRules> callers;

	private final SingletonSupplier<Optional<DeferredCalls>> deferred;

	private final Set<Method> reported = ConcurrentHashMap.newKeySet();

	/**
	 * Create an interceptor. Advice is created before most beans, so other beans are
	 * looked up when they are first used.
	 * @param deferred enforces rules of methods whose caller is known only later; empty
	 * if the application does not use WebFlux
	 */
	public RuleInterceptor(DeclaredRules rules, Supplier<CallerRules> callers,
			Supplier<Optional<DeferredCalls>> deferred) {
		this.rules = rules;
		this.callers = SingletonSupplier.of(callers);
		this.deferred = SingletonSupplier.of(deferred);
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		Object target = invocation.getThis();
		if (target != null && TestDoubles.isMock(target)) {
			return invocation.proceed();
		}
		Method method = invocation.getMethod();
		Class<?> type = (target != null) ? target.getClass() : method.getDeclaringClass();
		Rule rule = this.rules.of(method, type);
		if (rule == Rule.NONE) {
			refuseWithoutRule(method, type);
		}
		Runnable check = () -> this.callers.obtain()
			.hold(rule, () -> MethodName.of(method, new TypeHierarchy(type).namedType()));
		DeferredCalls later = this.deferred.obtain().orElse(null);
		if (later != null) {
			Method implementation = new TypeHierarchy(type, method).implementation(method);
			if (later.defers(implementation)) {
				return later.proceed(implementation, invocation, check);
			}
		}
		if (isCallOfContainer(method, type, invocation.getArguments())) {
			return invocation.proceed();
		}
		check.run();
		return invocation.proceed();
	}

	/**
	 * A rule on the method itself applies to calls of the container, too. Only events of
	 * Spring are the container's: the application publishes others on behalf of callers,
	 * also on threads that have lost the caller.
	 */
	private static boolean isCallOfContainer(Method method, Class<?> type, @Nullable Object[] arguments) {
		if (SecurityContextHolder.getContext().getAuthentication() != null
				|| Arrays.stream(arguments).anyMatch(RuleInterceptor::isEventOfApplication)) {
			return false;
		}
		TypeHierarchy family = new TypeHierarchy(type, method);
		Method implementation = family.implementation(method);
		boolean listens = Arrays.stream(arguments).anyMatch(ApplicationEvent.class::isInstance)
				&& MethodCallers.isEventListener(implementation);
		return (listens || MethodCallers.isStartOrStop(implementation, family))
				&& !DeclaredRules.isDeclaredOnMethod(implementation, family);
	}

	private static boolean isEventOfApplication(@Nullable Object argument) {
		return argument instanceof PayloadApplicationEvent || (argument instanceof ApplicationEvent
				&& !argument.getClass().getName().startsWith("org.springframework."));
	}

	/** The pointcut found a rule. To permit the call would ignore that rule. */
	private void refuseWithoutRule(Method method, Class<?> type) {
		if (this.reported.add(method)) {
			logger.error("Calls of %s are denied: the rule that it is intercepted for can no longer be found."
				.formatted(MethodName.of(method, new TypeHierarchy(type).namedType())));
		}
		throw new RuleRefusedException(Refusal.of(Reason.ACCESS_DENIED), null);
	}

}
