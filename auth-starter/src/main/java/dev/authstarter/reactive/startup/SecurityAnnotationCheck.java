package dev.authstarter.reactive.startup;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.PriorityOrdered;
import org.springframework.util.ClassUtils;

/**
 * Checks Spring Security's annotations of beans when they are created, before other
 * checks report that the proxies are missing which would enforce them.
 */
final class SecurityAnnotationCheck implements BeanPostProcessor, PriorityOrdered {

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	@Override
	public Object postProcessBeforeInitialization(Object bean, String beanName) {
		MethodSecurityCheck.checkAnnotations(ClassUtils.getUserClass(bean));
		return bean;
	}

}
