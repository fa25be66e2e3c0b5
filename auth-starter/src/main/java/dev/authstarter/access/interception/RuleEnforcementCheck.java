package dev.authstarter.access.interception;

import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.authstarter.configuration.AccessRuleException;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.config.AopConfigUtils;
import org.springframework.aop.framework.ProxyConfig;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.framework.ProxyProcessorSupport;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.SmartInstantiationAwareBeanPostProcessor;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.core.Ordered;
import org.springframework.security.authorization.method.AuthorizationAdvisor;
import org.springframework.util.ClassUtils;

/**
 * Fails start-up if a rule or a security annotation is declared on a bean and would not
 * be enforced. Beans are checked when they are created, right after their proxies. Beans
 * that do not exist at the end of start-up are checked by their types.
 */
public final class RuleEnforcementCheck extends ProxyProcessorSupport
		implements SmartInstantiationAwareBeanPostProcessor, SmartInitializingSingleton,
		ApplicationListener<ContextRefreshedEvent> {

	private static final String REPOSITORY_FACTORY = "org.springframework.data.repository.core.support.RepositoryFactoryInformation";

	private final ConfigurableListableBeanFactory beans;

	private final Interception interception;

	private final TestDoubles testDoubles;

	private final Set<String> checked = ConcurrentHashMap.newKeySet();

	/** The classes of beans with rules, as the container created them. */
	private final Map<String, Class<?>> created = new ConcurrentHashMap<>();

	public RuleEnforcementCheck(ConfigurableListableBeanFactory beans, Interception interception,
			TestDoubles testDoubles) {
		this.beans = beans;
		this.interception = interception;
		this.testDoubles = testDoubles;
		setOrder(Ordered.HIGHEST_PRECEDENCE + 1); // the first is what makes the proxies
	}

	/** Remember the class, since another post-processor may create another object. */
	@Override
	public @Nullable Object postProcessBeforeInstantiation(Class<?> type, String name) {
		remember(type, name);
		return null;
	}

	/**
	 * Remember the class of the object, since other post-processors may replace it. A
	 * factory method may have returned {@code null}.
	 */
	@Override
	public boolean postProcessAfterInstantiation(Object bean, String name) {
		remember(bean.getClass(), name);
		return true;
	}

	private void remember(Class<?> type, String name) {
		if (this.interception.concerns(type)) {
			this.created.put(name, type);
		}
		else {
			this.created.remove(name);
		}
	}

	/**
	 * Report a class that cannot be proxied before CGLIB fails, with a message of this
	 * library.
	 */
	@Override
	public Object postProcessBeforeInitialization(Object bean, String name) {
		if (this.interception.concerns(bean.getClass()) && !isExempt(bean, name)) {
			unlessMock(bean,
					() -> this.interception.checkType(bean.getClass(), isProxiedByClass(bean.getClass(), name)));
		}
		return bean;
	}

	@Override
	public Object getEarlyBeanReference(Object bean, String name) {
		return check(bean, name);
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String name) {
		return check(bean, name);
	}

	private Object check(Object bean, String name) {
		Class<?> created = created(bean, name);
		String key = (bean instanceof FactoryBean) ? BeanFactory.FACTORY_BEAN_PREFIX + name : name;
		if ((created != null || this.interception.concerns(bean)) && !isExempt(bean, name)
				&& !this.checked.contains(key)) {
			unlessMock(bean, () -> {
				this.interception.checkBean(bean, name);
				if (created != null) {
					this.interception.checkReplaced(created, bean, name);
				}
			});
			// Only now, because a bean that is created later fails on each call.
			this.checked.add(key);
		}
		return bean;
	}

	/** A factory and what it creates have the same name. */
	private @Nullable Class<?> created(Object bean, String name) {
		Class<?> created = this.created.get(name);
		return (created != null && FactoryBean.class.isAssignableFrom(created) && !(bean instanceof FactoryBean)) ? null
				: created;
	}

	/**
	 * Calling Mockito initializes it, which takes longer than all checks, so it is only
	 * called if start-up would fail.
	 */
	private static void unlessMock(Object bean, Runnable check) {
		try {
			check.run();
		}
		catch (AccessRuleException ex) {
			if (!TestDoubles.isMock(bean)) {
				throw ex;
			}
		}
	}

	@Override
	public void afterSingletonsInstantiated() {
		for (String name : names(this.beans)) {
			Object made = this.beans.containsSingleton(name) ? this.beans.getSingleton(name) : null;
			if (made != null) {
				check(made, name);
				if (isRepositoryFactory(made)) {
					// The class with the rules is known only to the repository itself.
					check(this.beans.getBean(name), name);
				}
			}
			if ((made == null || made instanceof FactoryBean) && !this.checked.contains(name)) {
				checkDefinition(name);
			}
		}
		BeanFactory parent = this.beans.getParentBeanFactory();
		while (parent instanceof ConfigurableListableBeanFactory other) {
			checkOther(other);
			parent = other.getParentBeanFactory();
		}
	}

	/** Child contexts publish this event when they are complete. */
	@Override
	public void onApplicationEvent(ContextRefreshedEvent event) {
		if (event.getApplicationContext()
			.getAutowireCapableBeanFactory() instanceof ConfigurableListableBeanFactory other && other != this.beans) {
			checkOther(other);
		}
	}

	/** This library's proxies only wrap beans of its own context. */
	private void checkOther(ConfigurableListableBeanFactory other) {
		if (other.getBeanNamesForType(RuleEnforcementCheck.class, true, false).length > 0) {
			return;
		}
		boolean stockProxies = other.getBeanNamesForType(AuthorizationAdvisor.class, true, false).length > 0;
		for (String name : names(other)) {
			Object made = other.containsSingleton(name) ? other.getSingleton(name) : null;
			if (made == null) {
				Class<?> type = predictedType(other, name);
				if (type != null && this.interception.concerns(type)) {
					this.interception.checkTypeOfOtherContext(type, name, stockProxies);
				}
			}
			else if (this.interception.concerns(made) && !isExempt(made, name)) {
				unlessMock(made, () -> this.interception.checkBeanOfOtherContext(made, name));
			}
		}
	}

	private static Set<String> names(ConfigurableListableBeanFactory beans) {
		Set<String> names = new LinkedHashSet<>(Arrays.asList(beans.getBeanDefinitionNames()));
		names.addAll(Arrays.asList(beans.getSingletonNames()));
		return names;
	}

	/** Check a bean that does not exist yet, or that a factory creates on request. */
	private void checkDefinition(String name) {
		if (this.testDoubles.replace(name) || isScopedProxy(name)) {
			return;
		}
		Class<?> type = predictedType(this.beans, name);
		if (type != null && this.interception.concerns(type)) {
			this.interception.checkType(type, !type.isInterface() && isProxiedByClass(type, name));
		}
	}

	private static boolean isRepositoryFactory(Object bean) {
		return bean instanceof FactoryBean && ClassUtils.getAllInterfacesAsSet(bean)
			.stream()
			.anyMatch((type) -> type.getName().equals(REPOSITORY_FACTORY));
	}

	private static @Nullable Class<?> predictedType(ConfigurableListableBeanFactory beans, String name) {
		try {
			return (beans.containsBeanDefinition(name) && beans.getBeanDefinition(name).isAbstract()) ? null
					: beans.getType(name, false);
		}
		catch (BeansException ex) {
			return null; // this bean cannot be created
		}
	}

	private boolean isExempt(Object bean, String name) {
		return bean instanceof ScopedObject || this.testDoubles.replace(name);
	}

	/** The target of a scoped proxy is a bean of its own. */
	private boolean isScopedProxy(String name) {
		return this.beans.containsBeanDefinition(ScopedProxyUtils.getTargetBeanName(name));
	}

	private boolean isProxiedByClass(Class<?> type, String name) {
		if (Proxy.isProxyClass(type) || ClassUtils.isLambdaClass(type)) {
			return false;
		}
		if (AutoProxyUtils.shouldProxyTargetClass(this.beans, name)) {
			return true;
		}
		boolean byInterfaces = this.beans.containsBeanDefinition(name)
				&& this.beans.getBeanDefinition(name).getAttribute(AutoProxyUtils.EXPOSED_INTERFACES_ATTRIBUTE) != null;
		ProxyFactory proxy = new ProxyFactory();
		evaluateProxyInterfaces(type, proxy);
		return proxy.isProxyTargetClass() || (!byInterfaces && isProxiedByClassAlways());
	}

	private boolean isProxiedByClassAlways() {
		return this.beans.getBean(AopConfigUtils.AUTO_PROXY_CREATOR_BEAN_NAME) instanceof ProxyConfig creator
				&& creator.isProxyTargetClass();
	}

}
