package dev.authstarter.reactive.startup;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import dev.authstarter.access.declaration.BeanDeclarations;
import dev.authstarter.access.declaration.DeclaredRules;
import dev.authstarter.access.declaration.FrameworkTypes;
import dev.authstarter.access.declaration.MethodCallers;
import dev.authstarter.access.declaration.MethodName;
import dev.authstarter.access.declaration.StockAnnotations;
import dev.authstarter.access.declaration.TypeHierarchy;
import dev.authstarter.access.interception.RulePointcut;
import dev.authstarter.configuration.AccessRuleException;
import org.reactivestreams.Publisher;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.KotlinDetector;
import org.springframework.core.MethodIntrospector;
import org.springframework.security.access.prepost.PostAuthorize;
import org.springframework.security.access.prepost.PostFilter;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.access.prepost.PreFilter;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.server.WebHandler;

/**
 * Fails start-up if a WebFlux application has a method with a rule that would not be
 * enforced, or that no caller could call. Spring Security's reactive method security
 * supports four annotations, on methods that return publishers. This library's rules of
 * beans need the caller in Reactor's context or, if contexts are propagated, on the
 * thread.
 */
final class MethodSecurityCheck implements SmartInitializingSingleton {

	private static final Set<Class<? extends Annotation>> REACTIVE = Set.of(PreAuthorize.class, PostAuthorize.class,
			PreFilter.class, PostFilter.class);

	private final BeanDeclarations beans;

	private final RulePointcut pointcut;

	private final Predicate<Method> deferred;

	private final boolean propagated;

	private final FrameworkTypes framework;

	/**
	 * Check the methods of beans.
	 * @param beans the types of all beans
	 * @param pointcut matches methods with rules that interception enforces
	 * @param deferred whether a method's rule is enforced when its publisher is
	 * subscribed
	 * @param propagated whether Reactor propagates contexts to threads
	 * @param framework the types whose methods the application cannot change
	 */
	MethodSecurityCheck(BeanDeclarations beans, RulePointcut pointcut, Predicate<Method> deferred, boolean propagated,
			FrameworkTypes framework) {
		this.beans = beans;
		this.pointcut = pointcut;
		this.deferred = deferred;
		this.propagated = propagated;
		this.framework = framework;
	}

	@Override
	public void afterSingletonsInstantiated() {
		for (Class<?> type : this.beans.types()) {
			checkAnnotations(type);
			if (!this.propagated && this.pointcut.getClassFilter().matches(type)) {
				methods(type).forEach((method) -> checkRule(method, type));
			}
		}
	}

	private void checkRule(Method method, Class<?> type) {
		TypeHierarchy family = new TypeHierarchy(type, method);
		boolean called = DeclaredRules.isDeclaredOnMethod(family.implementation(method), family)
				|| !(isCalledByContainer(method, family) || isInherited(method, type));
		if (called && !this.deferred.test(method) && this.pointcut.matches(method, type)) {
			throw new AccessRuleException(
					"The rule of %s cannot be enforced on WebFlux: it returns %s, and the caller is not known on the thread that calls it."
						.formatted(name(method, type), method.getReturnType().getName()),
					"Return a Mono or a Flux, or set 'spring.reactor.context-propagation' to 'auto' with "
							+ "'io.micrometer:context-propagation' on the class path, or put the rule on the handlers "
							+ "that call it.");
		}
	}

	/**
	 * Check Spring Security's annotations on the methods of a class.
	 * @param type the class of a bean
	 * @throws AccessRuleException if one of them would not be enforced on WebFlux
	 */
	static void checkAnnotations(Class<?> type) {
		if (StockAnnotations.mentions(type)) {
			for (Method method : methods(type)) {
				List<Annotation> annotations = StockAnnotations.of(method, type);
				if (isCalledByOthers(method, type) && !StockAnnotations.permitAll(annotations)) {
					StockAnnotations.demanding(annotations)
						.forEach((annotation) -> check(annotation.annotationType(), method, type));
				}
			}
		}
	}

	private static Set<Method> methods(Class<?> type) {
		return MethodIntrospector.selectMethods(type, (MethodIntrospector.MetadataLookup<Method>) (method) -> method)
			.keySet();
	}

	/**
	 * Whether other code calls a method. An annotation of a type also applies to methods
	 * that only the type itself or the container calls.
	 */
	private static boolean isCalledByOthers(Method method, Class<?> type) {
		TypeHierarchy family = new TypeHierarchy(type, method);
		boolean intercepted = Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers());
		return StockAnnotations.isDeclaredOnMethod(method, family)
				|| (intercepted && !ReflectionUtils.isObjectMethod(method) && !isCalledByContainer(method, family));
	}

	/**
	 * Whether a web handler inherits a method from a class of Spring. The rule of its
	 * type is for the requests that it handles.
	 */
	private boolean isInherited(Method method, Class<?> type) {
		return WebHandler.class.isAssignableFrom(type) && this.framework.contain(method.getDeclaringClass());
	}

	private static boolean isCalledByContainer(Method method, TypeHierarchy family) {
		return MethodCallers.isCallback(method, family) || MethodCallers.isStartOrStop(method, family)
				|| MethodCallers.isPreparation(method, family);
	}

	/** Spring Security also supports suspending functions and flows of Kotlin. */
	private static boolean isReactive(Method method) {
		return Publisher.class.isAssignableFrom(method.getReturnType()) || KotlinDetector.isSuspendingFunction(method)
				|| method.getReturnType().getName().equals("kotlinx.coroutines.flow.Flow");
	}

	private static void check(Class<? extends Annotation> annotation, Method method, Class<?> type) {
		if (!REACTIVE.contains(annotation)) {
			throw new AccessRuleException(
					"@%s of %s cannot be enforced: Spring Security does not support it on WebFlux."
						.formatted(annotation.getSimpleName(), name(method, type)),
					"Use @PreAuthorize or an annotation of auth-starter such as @RequiresRole.");
		}
		if (!isReactive(method)) {
			throw new AccessRuleException(
					"@%s of %s cannot be enforced: on WebFlux, Spring Security does so only for methods that return a Mono, a Flux or another Publisher, and this one returns %s."
						.formatted(annotation.getSimpleName(), name(method, type), method.getReturnType().getName()),
					"Return a Mono or a Flux, or use an annotation of auth-starter such as @RequiresScope on the "
							+ "handler.");
		}
	}

	private static String name(Method method, Class<?> type) {
		return MethodName.of(method, new TypeHierarchy(type).namedType());
	}

}
