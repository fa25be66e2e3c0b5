package dev.authstarter.access.interception;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
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
import dev.authstarter.configuration.AccessRuleException;
import org.jspecify.annotations.Nullable;

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

	private final DeclaredRules declared;

	private final PublicDeclarations publicHandlers;

	private final Interception interception;

	private final Map<Key, Rule> methods = new ConcurrentHashMap<>();

	private final Map<Class<?>, Rule> types = new ConcurrentHashMap<>();

	/** Classes of handlers that need no proxy. */
	private final Set<Class<?>> unproxied = ConcurrentHashMap.newKeySet();

	public HandlerRules(DeclaredRules declared, Interception interception) {
		this.declared = declared;
		this.publicHandlers = new PublicDeclarations(declared);
		this.interception = interception;
	}

	public Rule of(Object handler) {
		if (!(handler instanceof HandlerMethod perRequest)) {
			checkEnforced(handler);
			return ofType(typeOf(handler));
		}
		// Spring MVC creates a new handler for each request from a registered one.
		HandlerMethod original = perRequest.getResolvedFromHandlerMethod();
		HandlerMethod method = (original != null) ? original : perRequest;
		// The key is not the object, because Spring creates another one for some
		// requests.
		Key key = new Key(method.getMethod(), method.getBeanType());
		Rule rule = this.methods.get(key);
		if (rule == null) {
			rule = read(method);
			this.methods.put(key, rule);
		}
		return rule;
	}

	/**
	 * A method of a class.
	 */
	private record Key(Method method, Class<?> type) {

	}

	private Rule read(HandlerMethod method) {
		if (!(method.getBean() instanceof String)) {
			this.interception.checkHandler(method.getBean());
		}
		return read(method.getMethod(), method.getBeanType());
	}

	/**
	 * Check that the rules of an object's class are enforced. Only proxies enforce some
	 * of them, and the object may be no bean.
	 * @param decorated an object that handles requests, possibly behind decorators
	 * @throws AccessRuleException if a rule of its class is not enforced
	 */
	public void checkEnforced(Object decorated) {
		Object handler = behindDecorators(decorated);
		if (!AopUtils.isAopProxy(handler) && !this.unproxied.contains(handler.getClass())) {
			this.interception.checkHandler(handler);
			if (entry(handler.getClass()) == null) {
				this.interception.checkFunction(handler);
			}
			this.unproxied.add(handler.getClass());
		}
	}

	/** The class of a handler behind its decorators and proxies. */
	public static Class<?> typeOf(Object handler) {
		return ClassUtils.getUserClass(AopUtils.getTargetClass(behindDecorators(handler)));
	}

	private static Object behindDecorators(Object handler) {
		Object behind = handler;
		while (behind instanceof WebHandlerDecorator decorator) {
			behind = decorator.getDelegate();
		}
		return behind;
	}

	/** Return the rule of an object that handles requests itself. */
	public Rule ofType(Class<?> type) {
		Rule rule = this.types.get(type);
		if (rule == null) {
			Method entry = entry(type);
			rule = (entry != null) ? read(entry, type) : Rule.NONE;
			this.types.put(type, rule);
		}
		return rule;
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
		return family.declarations(method)
			.stream()
			.anyMatch(
					(declaration) -> method.getName().equals(HANDLERS.get(declaration.getDeclaringClass().getName())));
	}

	/** Return what a controller method requires, empty if nothing. */
	public String text(HandlerMethod method) {
		return text(of(method), method.getMethod(), method.getBeanType());
	}

	/** Return what a handler of this type requires, empty if nothing. */
	public String text(Class<?> type) {
		Method entry = entry(type);
		return (entry != null) ? text(ofType(type), entry, type) : "";
	}

	private static String text(Rule rule, Method method, Class<?> type) {
		if (rule == Rule.PUBLIC) {
			return "public";
		}
		return Stream.of(rule.toString(), StockAnnotations.text(demanding(method, type)))
			.filter((text) -> !text.isEmpty())
			.collect(Collectors.joining("; "));
	}

	private static @Nullable Method entry(Class<?> type) {
		TypeHierarchy family = new TypeHierarchy(type);
		Method entry = entry(family, HANDLERS);
		return (entry != null) ? entry : entry(family, SERVLETS);
	}

	private static @Nullable Method entry(TypeHierarchy family, Map<String, String> entries) {
		return family.members()
			.stream()
			.filter((member) -> entries.containsKey(member.getName()))
			.flatMap((member) -> Stream.of(member.getMethods())
				.filter((method) -> method.getName().equals(entries.get(member.getName()))))
			.findFirst()
			.orElse(null);
	}

}
