package dev.authstarter.access.interception;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.springframework.aop.Advisor;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.interceptor.AsyncExecutionInterceptor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.cache.interceptor.CacheInterceptor;
import org.springframework.security.authorization.method.AuthorizationAdvisor;

/**
 * Lets rules and security annotations decide on the caller's thread: {@code @Async} puts
 * its advice in front of all that a proxy has already, and a refusal in another thread
 * reaches no caller. {@code @Cacheable} comes first where its order says so, and would
 * give the results of others away. Has no order, so that it comes after {@code @Async}
 * has.
 */
public final class AuthorizationFirst implements BeanPostProcessor {

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
				|| advisor.getAdvice() instanceof CacheInterceptor;
	}

}
