package dev.authstarter.access.interception;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;

import dev.authstarter.access.declaration.DeclaredRules;
import dev.authstarter.access.declaration.FrameworkTypes;
import dev.authstarter.access.declaration.MethodCallers;
import dev.authstarter.access.declaration.MethodName;
import dev.authstarter.access.declaration.StockAnnotations;
import dev.authstarter.access.declaration.TypeHierarchy;
import dev.authstarter.access.declaration.Unenforceable;
import dev.authstarter.configuration.AccessRuleException;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.security.authorization.method.AuthorizationAdvisor;

/**
 * Throws an exception if a method has a rule of this library or a security annotation of
 * Spring Security, and its proxy cannot or does not enforce it.
 */
public final class Interception {

	private static final Gap OUTSIDE = new Gap(
			"has no proxy for them, because it was created outside of the context or before method security was "
					+ "initialized, or is a proxy itself, or part of Spring AOP",
			"Let the context create the bean, and let no bean post-processor depend on it. If the bean is a proxy "
					+ "itself, declare the rules on the interface of the proxy.");

	private static final Gap REPLACED = new Gap(
			"was replaced by a bean post-processor of the application before it got its proxy for them",
			"Let that post-processor run after the proxies are made: without PriorityOrdered, and in "
					+ "postProcessAfterInitialization.");

	private static final Gap OTHER_CONTEXT = new Gap(
			"belongs to another context, a parent or that of a second DispatcherServlet, and has no proxy for them",
			"Move the bean to the context in which auth-starter is configured.");

	private static final Gap INTRODUCED = new Gap(
			"gets that interface from an introduction, and calls of introduced methods are not intercepted",
			"Declare the rules on a bean that implements the interface itself, and let the introduced code call it.");

	private final RulePointcut pointcut;

	private final FrameworkTypes framework;

	private final boolean woven;

	/**
	 * Create an instance.
	 * @param pointcut what has to be intercepted
	 * @param framework the types whose methods the application cannot change
	 * @param woven whether AspectJ enforces Spring Security's annotations, without
	 * proxies
	 */
	public Interception(RulePointcut pointcut, FrameworkTypes framework, boolean woven) {
		this.pointcut = pointcut;
		this.framework = framework;
		this.woven = woven;
	}

	/** Whether a bean has methods with a rule that has to be enforced. */
	boolean concerns(Object bean) {
		return concerns(bean.getClass())
				|| (bean instanceof Advised && (concerns(AopProxyUtils.ultimateTargetClass(bean))
						|| ProxyLayers.of(bean).introduced().stream().anyMatch(this::concerns)));
	}

	/**
	 * Whether the hierarchy of a type has methods with a rule that has to be enforced.
	 */
	boolean concerns(Class<?> type) {
		return !this.framework.haveNoRules(type) && (DeclaredRules.mentions(type) || StockAnnotations.mentions(type));
	}

	/**
	 * Check whether a proxy of a type can enforce its rules.
	 * @param type the type of the bean
	 * @param byClass whether the proxy is a subclass, or will be one
	 * @throws AccessRuleException if it cannot enforce a rule
	 */
	void checkType(Class<?> type, boolean byClass) {
		TypeHierarchy family = new TypeHierarchy(type);
		boolean proxied = false;
		for (Method method : family.methods()) {
			proxied |= checkRule(method, family, byClass);
			checkStock(method, family, byClass);
		}
		if (proxied && byClass) {
			family.methods().forEach((method) -> checkHandlerOfProxy(method, family));
		}
	}

	/**
	 * Check whether the proxies around a bean enforce its rules.
	 * @param bean the bean
	 * @param name its name
	 * @throws AccessRuleException if a rule is not enforced
	 */
	void checkBean(Object bean, String name) {
		checkProxies(bean, name, OUTSIDE);
		ProxyLayers.of(bean).list().forEach((layer) -> checkType(layer.target(), layer.byClass()));
	}

	/**
	 * Check a bean that a post-processor may have replaced, for example by a proxy of its
	 * own, which hides the rules of the class.
	 * @param created the class of the object that the container created
	 * @param bean the bean
	 * @param name its name
	 * @throws AccessRuleException if a rule of the class is not enforced
	 */
	void checkReplaced(Class<?> created, Object bean, String name) {
		ProxyLayers layers = ProxyLayers.of(bean);
		if (layers.types().stream().noneMatch(created::isAssignableFrom)) {
			checkRules(created, layers, name, REPLACED);
			if (hasStock(created)) {
				checkStock(created, layers, name, REPLACED);
			}
		}
	}

	/** Check a bean of another context than the library's. */
	void checkBeanOfOtherContext(Object bean, String name) {
		checkProxies(bean, name, OTHER_CONTEXT);
	}

	/**
	 * Check a bean of another context than the library's that does not exist yet.
	 * @param stockProxies whether that context enforces Spring Security's annotations
	 */
	void checkTypeOfOtherContext(Class<?> type, String name, boolean stockProxies) {
		if (isIntercepted(type)) {
			throw notProxied("rules", type, name, OTHER_CONTEXT);
		}
		if (!stockProxies && hasStock(type)) {
			throw notProxied("security annotations", type, name, OTHER_CONTEXT);
		}
	}

	private void checkProxies(Object bean, String name, Gap gap) {
		ProxyLayers layers = ProxyLayers.of(bean);
		for (Class<?> type : layers.types()) {
			checkRules(type, layers, name, gap);
			if (hasStock(type)) {
				checkStock(type, layers, name, gap);
			}
		}
		for (Class<?> type : layers.introduced()) {
			checkRules(type, layers, name, INTRODUCED);
			if (hasStock(type)) {
				checkStock(type, layers, name, INTRODUCED);
			}
		}
	}

	private void checkRules(Class<?> type, ProxyLayers layers, String name, Gap gap) {
		if (isIntercepted(type) && !layers.cover(type, RuleInterceptor.class, DeclaredRules::declaring)) {
			throw notProxied("rules", type, name, gap);
		}
	}

	private void checkStock(Class<?> type, ProxyLayers layers, String name, Gap gap) {
		if (!layers.cover(type, AuthorizationAdvisor.class, StockAnnotations::declaring)) {
			throw notProxied("security annotations", type, name, gap);
		}
	}

	/**
	 * Check a web handler that may be no bean. What a proxy finds for each call is a
	 * bean, which is checked where it is created.
	 */
	void checkHandler(Object handler) {
		ProxyLayers layers = ProxyLayers.of(handler);
		if (layers.known()) {
			layers.types()
				.stream()
				.filter((type) -> hasStock(type) || hasStockOnType(type))
				.forEach((type) -> checkStock(type, layers, type.getSimpleName(), OUTSIDE));
			layers.types()
				.stream()
				.filter(this::hasRuleBehindHandler)
				.forEach((type) -> checkRules(type, layers, type.getSimpleName(), OUTSIDE));
		}
	}

	/**
	 * Check a method that is called as a handler, whatever registered it.
	 * @throws AccessRuleException if it has a security annotation, which no proxy
	 * enforces because the method is private or static
	 */
	void checkHandlerMethod(Method method, Class<?> type) {
		List<Annotation> read = StockAnnotations.of(method, type);
		if (!this.woven && isHidden(method) && !StockAnnotations.permitAll(read)) {
			TypeHierarchy family = new TypeHierarchy(type);
			throw cannotBeEnforced("security annotation", method, family,
					String.valueOf(ProxyLimits.of(method, type, true)));
		}
	}

	/** Check a handler whose rule the guards do not know, for example a function. */
	void checkFunction(Object function) {
		ProxyLayers layers = ProxyLayers.of(function);
		if (layers.known()) {
			layers.types().forEach((type) -> checkRules(type, layers, type.getSimpleName(), OUTSIDE));
		}
	}

	private boolean isIntercepted(Class<?> type) {
		TypeHierarchy family = new TypeHierarchy(type);
		return DeclaredRules.mentions(type)
				&& family.methods().stream().anyMatch((method) -> this.pointcut.applies(method, family));
	}

	/** Whether the object itself may call a method that has a rule, after the guards. */
	private boolean hasRuleBehindHandler(Class<?> type) {
		TypeHierarchy family = new TypeHierarchy(type);
		return DeclaredRules.mentions(type) && family.methods()
			.stream()
			.anyMatch((method) -> DeclaredRules.isDeclaredOnMethod(method, family)
					&& !HandlerRules.isGuarded(method, family) && this.pointcut.applies(method, family));
	}

	private boolean hasStock(Class<?> type) {
		TypeHierarchy family = new TypeHierarchy(type);
		return !this.woven && StockAnnotations.mentions(type)
				&& family.methods()
					.stream()
					.filter((method) -> !isHidden(method))
					.anyMatch((method) -> !StockAnnotations.permitAll(StockAnnotations.of(method, family.type())));
	}

	/** A type may inherit all its methods from a class without annotations. */
	private boolean hasStockOnType(Class<?> type) {
		return !this.woven && StockAnnotations.demand(type)
				&& StockAnnotations.isDeclaredOnType(new TypeHierarchy(type));
	}

	private boolean checkRule(Method method, TypeHierarchy family, boolean byClass) {
		if (!DeclaredRules.mentions(family.type()) || !this.pointcut.applies(method, family)) {
			return false;
		}
		if (MethodCallers.isBeanMethod(method)) {
			throw new AccessRuleException(
					"The rule of %s cannot be enforced: it is a bean method, which only the container calls."
						.formatted(name(method, family)),
					"Move the annotation to the class of the bean that the method returns.");
		}
		if (MethodCallers.isRouting(method, family)) {
			throw Unenforceable.router(family.namedType().getName());
		}
		boolean own = DeclaredRules.isDeclaredOnMethod(method, family);
		String limit = limit(method, family, byClass, own);
		if (limit != null && (own || !isForeign(method))) {
			throw cannotBeEnforced("rule", method, family, limit);
		}
		return true;
	}

	/**
	 * Spring Security looks at the method and what it overrides, then at the class that
	 * declares the method.
	 */
	private void checkStock(Method method, TypeHierarchy family, boolean byClass) {
		if (this.woven || !StockAnnotations.mentions(family.type())) {
			return;
		}
		List<Annotation> read = read(method, family, byClass);
		if (!read.isEmpty() && StockAnnotations.permitAll(read)) {
			return;
		}
		if (!read.isEmpty() && MethodCallers.isRouting(method, family)) {
			throw Unenforceable.router(family.namedType().getName());
		}
		boolean own = StockAnnotations.isDeclaredOnMethod(method, family);
		boolean called = !isHidden(method) || this.pointcut.isHandler(method, family)
				|| MethodCallers.isOtherThanHttp(method);
		if (own || (called && !read.isEmpty() && !isForeign(method))) {
			String limit = limit(method, family, byClass, own);
			if (limit != null) {
				throw cannotBeEnforced("security annotation", method, family, limit);
			}
		}
		boolean inherits = StockAnnotations.isDeclaredOnType(family)
				&& (HandlerRules.isEntry(method, family) || (!isForeign(method)
						&& (Modifier.isPublic(method.getModifiers()) || this.pointcut.isHandler(method, family))));
		if (read.isEmpty() && called && !family.type().isInterface() && (own || inherits)) {
			throw new AccessRuleException(
					("The security annotations of %s cannot be enforced for %s: Spring Security reads the annotations "
							+ "of the class that declares a method, and of the supertypes of that class.")
						.formatted(family.namedType().getName(), MethodName.of(method, method.getDeclaringClass())),
					"Override the method in %s, or annotate it where it is declared."
						.formatted(family.namedType().getSimpleName()));
		}
	}

	/**
	 * A protected method of a library's class is called by that class on the object
	 * itself.
	 */
	private @Nullable String limit(Method method, TypeHierarchy family, boolean byClass, boolean own) {
		if (own && Modifier.isProtected(method.getModifiers())) {
			for (Method declaration : family.declarations(method)) {
				if (isForeign(declaration)) {
					return "only " + declaration.getDeclaringClass().getName()
							+ " calls the method, on the object itself and not through its proxy";
				}
			}
		}
		return ProxyLimits.of(method, family.type(), byClass);
	}

	/**
	 * A proxy that has only interfaces is called through their methods. On a subclass, an
	 * inherited method has the method annotations that its own class knows of: the bridge
	 * to it, which a compiler adds for the interface of a subclass, is not what is
	 * called.
	 */
	private static List<Annotation> read(Method method, TypeHierarchy family, boolean byClass) {
		if (byClass && StockAnnotations.isDeclaredOnMethod(method, family)
				&& StockAnnotations.of(method, method.getDeclaringClass()).isEmpty()) {
			return List.of();
		}
		List<Annotation> read = StockAnnotations.of(method, family.type());
		return (!read.isEmpty() || byClass) ? read
				: family.declarations(method)
					.stream()
					.flatMap((declaration) -> StockAnnotations.of(declaration, family.type()).stream())
					.toList();
	}

	private static boolean isHidden(Method method) {
		return (method.getModifiers() & (Modifier.PRIVATE | Modifier.STATIC)) != 0;
	}

	/** Private and final methods run on the proxy itself, which has no fields. */
	private void checkHandlerOfProxy(Method method, TypeHierarchy family) {
		String limit = this.pointcut.isHandler(method, family) ? ProxyLimits.of(method, family.type(), true) : null;
		if (limit != null) {
			throw new AccessRuleException(
					"The handler %s cannot be called: its controller has a rule on methods that are not handlers of "
						.formatted(name(method, family)) + "requests and is proxied for it, but " + limit + ".",
					"Make the handler overridable, or declare the rules on the handlers and not on the controller.");
		}
	}

	/**
	 * Methods that the application cannot change and to which the rule of a type does not
	 * apply.
	 */
	private boolean isForeign(Method method) {
		Class<?> declaring = method.getDeclaringClass();
		return declaring.getName().startsWith("java.") || declaring.getName().startsWith("jakarta.")
				|| this.framework.contain(declaring);
	}

	private static String name(Method method, TypeHierarchy family) {
		return MethodName.of(method, family.namedType());
	}

	private static AccessRuleException cannotBeEnforced(String what, Method method, TypeHierarchy family,
			String limit) {
		String action = "Move the annotation to a method that other beans call.";
		if (!isHidden(method)) {
			action = "Make class and method overridable (Kotlin: 'open', or the compiler plugin 'spring'), or give the bean "
					+ "an interface that declares the method and @Proxyable(ProxyType.INTERFACES), or declare rules on the "
					+ "methods that need them and not on the type.";
		}
		return new AccessRuleException(
				"The %s of %s cannot be enforced: %s.".formatted(what, name(method, family), limit), action);
	}

	private static AccessRuleException notProxied(String what, Class<?> type, String name, Gap gap) {
		return new AccessRuleException("The %s of %s cannot be enforced: the bean '%s' %s.".formatted(what,
				new TypeHierarchy(type).namedType().getName(), name, gap.why()), gap.action());
	}

	/**
	 * Why a bean has no proxy.
	 *
	 * @param why the end of a sentence
	 * @param action what to do
	 */
	private record Gap(String why, String action) {

	}

}
