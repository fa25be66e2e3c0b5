package dev.authstarter.access;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.authstarter.AccessRuleException;
import dev.authstarter.UndeclaredHandlers;
import dev.authstarter.access.Handler.Kind;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationContext;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.util.ClassUtils;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;

/**
 * Reads all that Spring MVC has mapped, once it has, and does with undeclared handlers
 * what the configuration says.
 */
final class MvcHandlerInventory implements HandlerInventory, SmartInitializingSingleton {

	private static final String FRAMEWORK = "org.springframework.";

	private final ApplicationContext context;

	private final HandlerRules rules;

	private final UndeclaredHandlers undeclared;

	private final PublicPaths publicPaths;

	private final List<Pattern> organizationVariables;

	private final SingletonSupplier<List<Handler>> handlers = SingletonSupplier.of(this::read);

	private final SingletonSupplier<Set<String>> declaredRoutes = SingletonSupplier.of(this::readDeclaredRoutes);

	MvcHandlerInventory(ApplicationContext context, HandlerRules rules, UndeclaredHandlers undeclared,
			List<String> publicPaths, List<String> organizationVariables) {
		this.context = context;
		this.rules = rules;
		this.undeclared = undeclared;
		this.publicPaths = new PublicPaths(publicPaths);
		this.organizationVariables = organizationVariables.stream()
			.map((name) -> Pattern.compile("\\{\\*?" + Pattern.quote(name) + "[:}]"))
			.toList();
	}

	@Override
	public void afterSingletonsInstantiated() {
		List<String> undeclared = handlers().stream()
			.filter(Handler::undeclared)
			.map((handler) -> "%s (%s)".formatted(handler.name(), String.join(", ", handler.patterns())))
			.toList();
		if (this.undeclared == UndeclaredHandlers.FAIL_START && !undeclared.isEmpty()) {
			throw new AccessRuleException(
					"'auth-starter.undeclared-handlers' is 'fail-start', and these handlers say nothing about their "
							+ "callers: %s.".formatted(String.join("; ", undeclared)),
					"Give each an annotation such as @RequiresScope (routes: RouteRule), list its path in "
							+ "'auth-starter.public-paths', or say @RequiresCaller({ USER, MACHINE }) where any valid "
							+ "token will do.");
		}
	}

	@Override
	public List<Handler> handlers() {
		return this.handlers.obtain();
	}

	@Override
	public boolean allowsMachineWithoutOrganization(Object handler) {
		return this.rules.of(handler).allowsMachineWithoutOrganization();
	}

	/**
	 * Whether the configuration closes this handler because it says nothing.
	 * @param rule its rule
	 */
	boolean denies(Object handler, Rule rule, HttpServletRequest request) {
		if (this.undeclared == UndeclaredHandlers.AUTHENTICATED || rule != Rule.NONE) {
			return false;
		}
		Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
		if (handler instanceof HandlerFunction) {
			return !this.declaredRoutes.obtain().contains(String.valueOf(pattern));
		}
		return isUndeclared(handler, (pattern != null) ? Set.of(pattern.toString()) : Set.of());
	}

	private List<Handler> read() {
		List<Handler> found = new ArrayList<>();
		BeanFactoryUtils.beansOfTypeIncludingAncestors(this.context, HandlerMapping.class, true, false)
			.values()
			.forEach((mapping) -> found.addAll(read(mapping)));
		found.sort(Comparator.comparing((Handler handler) -> handler.kind())
			.thenComparing((handler) -> handler.patterns().toString())
			.thenComparing((handler) -> handler.methods().toString())
			.thenComparing(Handler::name));
		return List.copyOf(found);
	}

	private Collection<Handler> read(HandlerMapping mapping) {
		if (mapping instanceof RequestMappingInfoHandlerMapping methods) {
			return methods.getHandlerMethods()
				.entrySet()
				.stream()
				.map((entry) -> method(mapping, entry.getKey(), entry.getValue()))
				.toList();
		}
		if (mapping instanceof AbstractUrlHandlerMapping urls) {
			return urls(urls);
		}
		if (mapping instanceof RouterFunctionMapping routes) {
			return routes(routes);
		}
		return List.of(new Handler(Kind.OTHER, Set.of(), Set.of(), mapping.getClass().getName(), "",
				!mapping.getClass().getName().startsWith(FRAMEWORK), false, false, Rule.NONE.demands()));
	}

	private Handler method(HandlerMapping mapping, RequestMappingInfo info, HandlerMethod method) {
		Set<String> methods = info.getMethodsCondition()
			.getMethods()
			.stream()
			.map(Enum::name)
			.collect(Collectors.toSet());
		Set<String> patterns = info.getPatternValues();
		Kind kind = mapping.getClass().getName().contains(".actuate.") ? Kind.ENDPOINT
				: isFramework(method.getBeanType()) ? Kind.OTHER : Kind.CONTROLLER;
		Rule rule = this.rules.of(method);
		String name = (kind == Kind.ENDPOINT) ? method.toString()
				: MethodName.of(method.getMethod(), method.getBeanType());
		return new Handler(kind, methods, patterns, name, text(rule, method, patterns),
				rule == Rule.NONE && isUndeclared(method, patterns), rule.requiresOrganization() || isScoped(patterns),
				rule == Rule.NONE && isPublic(patterns), rule.demands());
	}

	private String text(Rule rule, HandlerMethod method, Set<String> patterns) {
		PreAuthorize stock = (rule == Rule.STOCK) ? HandlerRules.stock(method) : null;
		if (stock != null) {
			return stock.value();
		}
		return (rule == Rule.NONE && isPublic(patterns)) ? "public" : rule.toString();
	}

	private List<Handler> urls(AbstractUrlHandlerMapping mapping) {
		List<Handler> found = new ArrayList<>();
		mapping.getHandlerMap().forEach((pattern, handler) -> found.add(url(Set.of(pattern), handler)));
		if (mapping.getRootHandler() != null) {
			found.add(url(Set.of("/"), mapping.getRootHandler()));
		}
		if (mapping.getDefaultHandler() != null) {
			found.add(url(Set.of("/**"), mapping.getDefaultHandler()));
		}
		return found;
	}

	private Handler url(Set<String> patterns, Object handler) {
		Class<?> type = type(handler);
		boolean open = isPublic(patterns);
		return new Handler((type == ResourceHttpRequestHandler.class) ? Kind.RESOURCE : Kind.OTHER, Set.of(), patterns,
				stableName(type), open ? "public" : "", isUndeclared(handler, patterns), isScoped(patterns), open,
				Rule.NONE.demands());
	}

	private List<Handler> routes(RouterFunctionMapping mapping) {
		if (mapping.getRouterFunction() == null) {
			return List.of();
		}
		RouteReader reader = new RouteReader();
		mapping.getRouterFunction().accept(reader);
		return reader.routes().stream().map(this::route).toList();
	}

	private Handler route(RouteReader.Route route) {
		Set<String> patterns = route.patterns();
		Rule rule = route.rule();
		boolean open = rule == Rule.NONE && isPublic(patterns);
		return new Handler(Kind.ROUTE, route.methods(), patterns, "route " + route.description(),
				open ? "public" : rule.toString(), rule == Rule.NONE && !open,
				rule.requiresOrganization() || isScoped(patterns), open, rule.demands());
	}

	/** A pattern is declared if every route that has it is. */
	private Set<String> readDeclaredRoutes() {
		Set<String> declared = new HashSet<>();
		Set<String> undeclared = new HashSet<>();
		for (Handler handler : handlers()) {
			if (handler.kind() == Kind.ROUTE) {
				(handler.undeclared() ? undeclared : declared).addAll(handler.patterns());
			}
		}
		declared.removeAll(undeclared);
		return declared;
	}

	private boolean isUndeclared(Object handler, Set<String> patterns) {
		return !isFramework(type(handler)) && !isPublic(patterns);
	}

	/** Lambdas and proxies are named anew in each run; whose they are does not change. */
	private static String stableName(Class<?> type) {
		int generated = type.getName().indexOf("$$");
		return (generated > 0) ? type.getName().substring(0, generated) : type.getName();
	}

	private static boolean isFramework(Class<?> type) {
		return type.getName().startsWith(FRAMEWORK);
	}

	private Class<?> type(Object handler) {
		if (handler instanceof HandlerMethod method) {
			return method.getBeanType();
		}
		Class<?> type = (handler instanceof String name) ? this.context.getType(name) : handler.getClass();
		return (type != null) ? type : Object.class;
	}

	/** Whether it is what Spring Boot dispatches all errors to. */
	boolean isErrorPage(Object handler) {
		return ClassUtils.getAllInterfacesForClassAsSet(type(handler))
			.stream()
			.anyMatch((type) -> type.getName().equals("org.springframework.boot.webmvc.error.ErrorController"));
	}

	private boolean isPublic(Set<String> patterns) {
		return !patterns.isEmpty() && patterns.stream().allMatch(this.publicPaths::cover);
	}

	private boolean isScoped(Set<String> patterns) {
		return !patterns.isEmpty() && patterns.stream()
			.allMatch((pattern) -> this.organizationVariables.stream()
				.anyMatch((variable) -> variable.matcher(pattern).find()));
	}

}
