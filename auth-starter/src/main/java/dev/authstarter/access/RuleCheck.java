package dev.authstarter.access;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

import dev.authstarter.AccessRuleException;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ReflectionUtils;

/**
 * Stops the start where a rule is declared on a bean and would not be enforced.
 */
final class RuleCheck implements SmartInitializingSingleton {

	private final ConfigurableListableBeanFactory beans;

	private final RulePointcut pointcut;

	RuleCheck(ConfigurableListableBeanFactory beans, RulePointcut pointcut) {
		this.beans = beans;
		this.pointcut = pointcut;
	}

	@Override
	public void afterSingletonsInstantiated() {
		Set<String> names = new LinkedHashSet<>(Arrays.asList(this.beans.getBeanDefinitionNames()));
		names.addAll(Arrays.asList(this.beans.getSingletonNames()));
		for (String name : names) {
			Class<?> type = type(name);
			if (type != null && this.pointcut.getClassFilter().matches(type)) {
				check(name, new TypeFamily(type));
			}
		}
	}

	private @Nullable Class<?> type(String name) {
		if (this.beans.containsBeanDefinition(name)) {
			if (this.beans.getBeanDefinition(name).isAbstract()) {
				return null;
			}
			Class<?> target = AutoProxyUtils.determineTargetClass(this.beans, name);
			if (target != null) {
				return target;
			}
		}
		return this.beans.getType(name, false);
	}

	private void check(String name, TypeFamily family) {
		boolean intercepted = false;
		for (Method method : ReflectionUtils.getUniqueDeclaredMethods(family.type())) {
			checkDeclaration(method, family);
			intercepted |= isIntercepted(method, family);
		}
		if (intercepted && this.beans.containsSingleton(name)) {
			checkProxy(this.beans.getBean(name), name, family);
		}
	}

	private void checkDeclaration(Method method, TypeFamily family) {
		int modifiers = method.getModifiers();
		if ((Modifier.isPrivate(modifiers) || Modifier.isStatic(modifiers)) && DeclaredRules.isDeclaredOn(method)
				&& !this.pointcut.isHandler(method, family)) {
			throw new AccessRuleException(
					"The rule of %s cannot be enforced: the method is %s.".formatted(
							MethodName.of(method, family.type()), Modifier.isStatic(modifiers) ? "static" : "private"),
					"Move the annotation to a method that other beans call.");
		}
	}

	private boolean isIntercepted(Method method, TypeFamily family) {
		int modifiers = method.getModifiers();
		return !Modifier.isPrivate(modifiers) && !Modifier.isStatic(modifiers) && !method.isSynthetic()
				&& this.pointcut.matches(method, family.type());
	}

	private void checkProxy(Object bean, String name, TypeFamily family) {
		if (!(bean instanceof Advised proxy) || Arrays.stream(proxy.getAdvisors())
			.noneMatch((advisor) -> advisor.getAdvice() instanceof RuleInterceptor)) {
			throw new AccessRuleException(
					"The rules of %s cannot be enforced: the bean '%s' has no proxy, because it was made outside of "
						.formatted(family.type().getName(), name) + "the context or before method security was ready.",
					"Let the context make the bean, and let no bean post-processor depend on it.");
		}
		if (proxy.isProxyTargetClass()) {
			for (Method method : ReflectionUtils.getUniqueDeclaredMethods(family.type())) {
				if (Modifier.isFinal(method.getModifiers()) && isIntercepted(method, family)) {
					throw new AccessRuleException(
							"The rule of %s cannot be enforced: the method is final and the bean is proxied by its class."
								.formatted(MethodName.of(method, family.type())),
							"Make the method overridable, or give the bean an interface that declares it.");
				}
			}
		}
	}

}
