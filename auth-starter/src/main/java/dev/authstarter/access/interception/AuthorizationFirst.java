package dev.authstarter.access.interception;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.springframework.aop.Advisor;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.interceptor.AsyncExecutionInterceptor;
import org.springframework.beans.factory.config.SmartInstantiationAwareBeanPostProcessor;
import org.springframework.security.authorization.method.AuthorizationAdvisor;

/**
 * Moves the advice of rules and security annotations to the front of a proxy.
 * {@code @Async} puts its advice before all others, and a refusal on another thread would
 * not reach the caller. {@code @Retryable} does the same, and would repeat refused calls,
 * and so does {@code @ConcurrencyLimit}. {@code @Cacheable} may come first because of its
 * order, and would return results of other callers, as would JCache's annotations. This
 * post-processor has no order, so that it runs after those of these annotations.
 */
public final class AuthorizationFirst implements SmartInstantiationAwareBeanPostProcessor {

	/** Packages whose advice returns results without a call, or repeats calls. */
	private static final List<String> PASSING = List.of("org.springframework.resilience.", "org.springframework.retry.",
			"org.springframework.cache.");

	/** Beans that depend on each other get their proxies early. */
	@Override
	public Object getEarlyBeanReference(Object bean, String name) {
		return postProcessAfterInitialization(bean, name);
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String name) {
		if (bean instanceof Advised proxy && !proxy.isFrozen()) {
			List<Advisor> advisors = new ArrayList<>(Arrays.asList(proxy.getAdvisors()));
			int first = 0;
			while (first < advisors.size() && !mayPassBy(advisors.get(first))) {
				first++;
			}
			for (Advisor advisor : advisors.subList(first, advisors.size())) {
				if (advisor.getAdvice() instanceof RuleInterceptor
						|| advisor.getAdvice() instanceof AuthorizationAdvisor) {
					proxy.removeAdvisor(advisor);
					proxy.addAdvisor(first++, advisor);
				}
			}
		}
		return bean;
	}

	private static boolean mayPassBy(Advisor advisor) {
		return advisor.getAdvice() instanceof AsyncExecutionInterceptor
				|| PASSING.stream().anyMatch((start) -> advisor.getAdvice().getClass().getName().startsWith(start));
	}

}
