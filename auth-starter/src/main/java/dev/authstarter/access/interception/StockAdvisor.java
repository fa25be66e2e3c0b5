package dev.authstarter.access.interception;

import dev.authstarter.access.declaration.StockAnnotations;

import org.springframework.aop.support.ComposablePointcut;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.security.authorization.method.AuthorizationAdvisor;

/**
 * Puts an interceptor of Spring Security's around beans. Spring Security's own advisors
 * look for their annotation on every method of every bean. This one first looks at what
 * is known of the class, and asks Spring Security's pointcut only where some annotation
 * of Spring Security's stands on the class, its methods, or what it extends and
 * implements.
 */
public final class StockAdvisor extends DefaultPointcutAdvisor {

	/**
	 * Create an advisor.
	 * @param interceptor the interceptor, whose pointcut and order stay in force
	 */
	public StockAdvisor(AuthorizationAdvisor interceptor) {
		super(new ComposablePointcut(StockAnnotations::advise).intersection(interceptor.getPointcut()),
				interceptor.getAdvice());
	}

}
