package dev.authstarter.access.interception;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.authstarter.access.Rule;
import dev.authstarter.access.declaration.DeclaredRules;
import dev.authstarter.access.declaration.PublicDeclarations;
import dev.authstarter.access.declaration.StockAnnotations;
import dev.authstarter.access.declaration.TypeHierarchy;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.util.ClassUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.server.handler.WebHandlerDecorator;

/**
 * Returns the rule of each handler: of controller methods, and of beans that handle
 * requests with the one method of an interface. The inventory reads all rules at
 * start-up, so that a request only looks them up.
 */
public final class HandlerRules {

	/** By name, since neither Spring MVC nor WebFlux need be there. */
	private static final Map<String, String> HANDLERS = Map.of("org.springframework.web.HttpRequestHandler",
			"handleRequest", "org.springframework.web.servlet.mvc.Controller", "handleRequest",
			"org.springframework.web.server.WebHandler", "handle",
			"org.springframework.web.reactive.socket.WebSocketHandler", "handle");

	/** By name, since a servlet container need not be there. */
	private static final Map<String, String> SERVLETS = Map.of("jakarta.servlet.Servlet", "service");

	/** Functional routes call them, and their filters may hide them from the guards. */
	private static final Map<String, String> FUNCTIONS = Map.of(
			"org.springframework.web.servlet.function.HandlerFunction", "handle",
			"org.springframework.web.reactive.function.server.HandlerFunction", "handle");

	private final DeclaredRules declared;

	private final PublicDeclarations publicHandlers;

	private final Interception interception;

	private final Map<Key, Rule> methods = new ConcurrentHashMap<>();

	private final Map<Class<?>, Rule> types = new ConcurrentHashMap<>();

	/** Handlers whose rules their proxies enforce, or that need no proxy. */
	private final Set<Proxied> checked = ConcurrentHashMap.newKeySet();

	public HandlerRules(DeclaredRules declared, Interception interception) {
		this.declared = declared;
		this.publicHandlers = new PublicDeclarations(declared);
		this.interception = interception;
	}

	public Rule of(Object handler) {
		if (!(handler instanceof HandlerMethod perRequest)) {
			return ofObject(handler);
		}
		// Spring MVC creates a new handler for each request from a registered one.
		HandlerMethod original = perRequest.getResolvedFromHandlerMethod();
		HandlerMethod method = (original != null) ? original : perRequest;
		// The key is not the object, because Spring creates another one for some
		// requests.
		Key key = new Key(method.getMethod(), method.getBeanType(), method.getBean().getClass());
		Rule rule = this.methods.get(key);
		if (rule == null) {
			rule = read(method);
			this.methods.put(key, rule);
		}
		return rule;
	}

	/**
	 * A method of a class. Of two objects of that class, one may have a proxy.
	 */
	private record Key(Method method, Class<?> type, Class<?> object) {

	}

	private Rule read(HandlerMethod method) {
		if (!(method.getBean() instanceof String)) {
			this.interception.checkHandler(method.getBean());
		}
		this.interception.checkHandlerMethod(method.getMethod(), method.getBeanType());
		return read(method.getMethod(), method.getBeanType());
	}

	/** A decorator may have a rule, too. */
	private Rule ofObject(Object handler) {
		check(handler);
		Rule rule = ofType(userType(handler));
		Object inner = inner(handler);
		return (inner != null) ? both(rule, ofObject(inner)) : rule;
	}

	/**
	 * Only proxies enforce some of the rules, which an object may have that is no bean.
	 */
	private void check(Object handler) {
		Proxied key = new Proxied(handler.getClass(), AopUtils.getTargetClass(handler));
		if (!this.checked.contains(key)) {
			this.interception.checkHandler(handler);
			TypeHierarchy family = new TypeHierarchy(userType(handler));
			if (entries(family).isEmpty() || !entries(family, FUNCTIONS).isEmpty()) {
				this.interception.checkFunction(handler);
			}
			this.checked.add(key);
		}
	}

	/**
	 * A class of handlers, and of what is behind their proxy.
	 */
	private record Proxied(Class<?> type, Class<?> target) {

	}

	private static Rule both(Rule outer, Rule inner) {
		if (!outer.demandsNothing() && !inner.demandsNothing()) {
			return outer.and(inner);
		}
		boolean inside = outer == Rule.NONE || inner == Rule.STOCK || !inner.demandsNothing();
		return (outer.demandsNothing() && inside) ? inner : outer;
	}

	/** The class of a handler behind its decorators and proxies. */
	public static Class<?> typeOf(Object handler) {
		Object innermost = handler;
		for (Object next = handler; next != null; next = inner(next)) {
			innermost = next;
		}
		return userType(innermost);
	}

	private static Class<?> userType(Object handler) {
		return ClassUtils.getUserClass(AopUtils.getTargetClass(handler));
	}

	/** What a decorator delegates to. Its proxy could refuse to name it. */
	private static @Nullable Object inner(Object handler) {
		Object target = handler;
		for (Object next = handler; next != null; next = AopProxyUtils.getSingletonTarget(next)) {
			target = next;
		}
		return (target instanceof WebHandlerDecorator decorator) ? decorator.getDelegate() : null;
	}

	/**
	 * Return the rule of an object that handles requests itself. If several of its
	 * methods do, which one is called depends on the dispatcher, and the rules of all
	 * apply.
	 */
	public Rule ofType(Class<?> type) {
		Rule rule = this.types.get(type);
		if (rule == null) {
			rule = entries(new TypeHierarchy(type)).stream()
				.map((entry) -> read(entry, type))
				.reduce(HandlerRules::all)
				.orElse(Rule.NONE);
			this.types.put(type, rule);
		}
		return rule;
	}

	private static Rule all(Rule one, Rule other) {
		if (!one.demandsNothing() && !other.demandsNothing()) {
			return one.and(other);
		}
		if (!one.demandsNothing() || !other.demandsNothing()) {
			return one.demandsNothing() ? other : one;
		}
		// A proxy enforces security annotations only on the method that has them.
		return Stream.of(Rule.NONE, Rule.STOCK)
			.filter((rule) -> one == rule || other == rule)
			.findFirst()
			.orElse(Rule.PUBLIC);
	}

	private Rule read(Method method, Class<?> type) {
		if (this.publicHandlers.isPublic(method, type)) {
			return Rule.PUBLIC;
		}
		Rule rule = this.declared.of(method, type);
		return (rule == Rule.NONE && !demanding(method, type).isEmpty()) ? Rule.STOCK : rule;
	}

	private static List<Annotation> demanding(Method method, Class<?> type) {
		return StockAnnotations.demanding(StockAnnotations.of(method, type));
	}

	/** Whether a bean handles requests with this method. */
	static boolean isEntry(Method method, TypeHierarchy family) {
		return isDeclaredBy(HANDLERS, method, family);
	}

	/** Whether the guards are called before this method of an object. */
	static boolean isGuarded(Method method, TypeHierarchy family) {
		return isEntry(method, family) || isDeclaredBy(SERVLETS, method, family);
	}

	private static boolean isDeclaredBy(Map<String, String> names, Method method, TypeHierarchy family) {
		return family.declarations(method)
			.stream()
			.anyMatch((declaration) -> method.getName().equals(names.get(declaration.getDeclaringClass().getName())));
	}

	/** Return what a controller method requires, empty if nothing. */
	public String text(HandlerMethod method) {
		return text(of(method), method.getMethod(), method.getBeanType());
	}

	/** Return what an object that handles requests requires, empty if nothing. */
	public String text(Object handler) {
		String text = textOfType(userType(handler));
		Object inner = inner(handler);
		return Stream.of(text, (inner != null) ? text(inner) : "")
			.filter((each) -> !each.isEmpty())
			.collect(Collectors.joining("; "));
	}

	/** Return what a handler of this type requires, empty if nothing. */
	public String textOfType(Class<?> type) {
		if (ofType(type) == Rule.NONE) {
			return "";
		}
		return entries(new TypeHierarchy(type)).stream()
			.map((entry) -> text(read(entry, type), entry, type))
			.filter((text) -> !text.isEmpty())
			.distinct()
			.collect(Collectors.joining("; "));
	}

	private static String text(Rule rule, Method method, Class<?> type) {
		if (rule == Rule.PUBLIC) {
			return "public";
		}
		return Stream.of(rule.toString(), StockAnnotations.text(demanding(method, type)))
			.filter((text) -> !text.isEmpty())
			.collect(Collectors.joining("; "));
	}

	/** A function that is nothing else is called through a proxy that has its rule. */
	private static List<Method> entries(TypeHierarchy family) {
		List<Method> entries = new ArrayList<>(entries(family, HANDLERS));
		entries.addAll(entries(family, SERVLETS));
		if (!entries.isEmpty()) {
			entries.addAll(entries(family, FUNCTIONS));
		}
		return entries;
	}

	private static List<Method> entries(TypeHierarchy family, Map<String, String> names) {
		return family.members()
			.stream()
			.filter((member) -> names.containsKey(member.getName()))
			.flatMap((member) -> Stream.of(member.getMethods())
				.filter((method) -> method.getName().equals(names.get(member.getName()))))
			.toList();
	}

}
