package dev.authstarter.access.interception;

import dev.authstarter.access.declaration.FrameworkTypes;
import dev.authstarter.access.declaration.StockAnnotations;

import org.springframework.aop.support.ComposablePointcut;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.security.authorization.method.AuthorizationAdvisor;

/**
 * Applies an interceptor of Spring Security to beans. Spring Security's own advisors
 * search their annotation on every method of every bean. This one calls Spring Security's
 * pointcut only if one of its annotations is present on the class, its supertypes or
 * their methods, and caches that result for each class.
 */
public final class StockAdvisor extends DefaultPointcutAdvisor {

	/**
	 * Create an advisor.
	 * @param interceptor the interceptor, whose pointcut and order stay in force
	 * @param framework the types that have no such annotation
	 */
	public StockAdvisor(AuthorizationAdvisor interceptor, FrameworkTypes framework) {
		super(new ComposablePointcut((type) -> !framework.haveNoRules(type) && StockAnnotations.advise(type))
			.intersection(interceptor.getPointcut()), interceptor.getAdvice());
	}

}
