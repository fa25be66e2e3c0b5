package dev.authstarter.reactive.chain;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Recognizes beans that auto-configurations of Spring Boot define.
 */
public final class SpringBootBeans {

	private static final String PACKAGES = "org.springframework.boot.";

	private SpringBootBeans() {
	}

	/** Return whether Spring Boot defines a bean. */
	public static boolean define(ConfigurableListableBeanFactory beans, String name) {
		String factory = beans.containsBeanDefinition(name) ? beans.getBeanDefinition(name).getFactoryBeanName() : null;
		Class<?> type = (factory != null) ? beans.getType(factory) : null;
		return type != null && type.getName().startsWith(PACKAGES);
	}

}
