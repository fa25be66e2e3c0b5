package dev.authstarter.access;

import java.util.function.Supplier;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.util.function.SingletonSupplier;

/**
 * Holds the callers of beans that are no web handlers to their rules.
 */
final class RuleInterceptor implements MethodInterceptor {

	private final DeclaredRules rules;

	private final SingletonSupplier<CallerRules> callers;

	/**
	 * Advice is made before most beans are, so it asks for what it needs when it needs
	 * it.
	 */
	RuleInterceptor(DeclaredRules rules, Supplier<CallerRules> callers) {
		this.rules = rules;
		this.callers = SingletonSupplier.of(callers);
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		Object target = invocation.getThis();
		Class<?> type = (target != null) ? AopUtils.getTargetClass(target) : invocation.getMethod().getDeclaringClass();
		this.callers.obtain()
			.hold(this.rules.of(invocation.getMethod(), type), () -> MethodName.of(invocation.getMethod(), type));
		return invocation.proceed();
	}

}
