package dev.authstarter.reactive.startup;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.PriorityOrdered;
import org.springframework.util.ClassUtils;

/**
 * Checks Spring Security's annotations of beans as they are made, before other checks
 * miss the proxies that would enforce them.
 */
public final class SecurityAnnotationCheck implements BeanPostProcessor, PriorityOrdered {

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
