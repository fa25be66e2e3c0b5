package dev.authstarter.access;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.authstarter.AccessRuleException;
import dev.authstarter.AccessToken;
import dev.authstarter.Organization;
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

	private final HandlerChains chains;

	private final List<Pattern> organizationVariables;

	private final SingletonSupplier<List<Entry>> entries = SingletonSupplier.of(this::read);

	private final SingletonSupplier<Set<String>> declaredRoutes = SingletonSupplier.of(this::readDeclaredRoutes);

	MvcHandlerInventory(ApplicationContext context, HandlerRules rules, HandlerChains chains,
			UndeclaredHandlers undeclared, List<String> publicPaths, List<String> organizationVariables) {
		this.context = context;
		this.rules = rules;
		this.undeclared = undeclared;
		this.chains = chains;
		this.publicPaths = new PublicPaths(publicPaths);
		this.organizationVariables = organizationVariables.stream()
			.map((name) -> Pattern.compile("\\{\\*?" + Pattern.quote(name) + "[:}]"))
			.toList();
	}

	@Override
	public void afterSingletonsInstantiated() {
		requireTokensWhereTheyAreAskedFor();
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

	/** The rule would be kept; but who starts such an application did not mean it. */
	private void requireTokensWhereTheyAreAskedFor() {
		List<String> unreachable = new ArrayList<>();
		for (Entry entry : this.entries.obtain()) {
			String obstacle = this.chains.obstacle(entry.handler().methods(), entry.tokenPatterns());
			if (obstacle != null) {
				unreachable.add("%s (%s)".formatted(entry.handler().name(), obstacle));
			}
		}
		if (!unreachable.isEmpty()) {
			throw new AccessRuleException(
					"These handlers ask for an access token, and nobody can present one: %s."
						.formatted(String.join("; ", unreachable)),
					"Let that chain read tokens: http.oauth2ResourceServer((resourceServer) -> "
							+ "resourceServer.jwt(withDefaults())). Or narrow its securityMatcher, or web.ignoring(): "
							+ "what no chain of the application matches is taken by auth-starter's own, which reads them.");
		}
	}

	@Override
	public List<Handler> handlers() {
		return this.entries.obtain().stream().map(Entry::handler).toList();
	}

	@Override
	public List<Placement> placements() {
		return this.entries.obtain()
			.stream()
			.filter((entry) -> entry.own() && entry.handler().rule().isEmpty())
			.flatMap((entry) -> this.chains.placements(entry.handler()).stream())
			.filter((placement) -> !placement.readsTokens() || (placement.open() && !isDenied(placement.handler())))
			.toList();
	}

	private boolean isDenied(Handler handler) {
		return this.undeclared == UndeclaredHandlers.DENY && handler.undeclared();
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
		return (pattern != null)
				? isUndeclared(handler, Set.of(pattern.toString()))
						&& this.chains.mayReadTokens(request.getMethod(), pattern.toString())
				: isUndeclared(handler, Set.of());
	}

	private List<Entry> read() {
		List<Entry> found = new ArrayList<>();
		BeanFactoryUtils.beansOfTypeIncludingAncestors(this.context, HandlerMapping.class, true, false)
			.values()
			.forEach((mapping) -> found.addAll(read(mapping)));
		found.sort(Comparator.comparing(Entry::handler,
				Comparator.comparing((Handler handler) -> handler.kind())
					.thenComparing((handler) -> handler.patterns().toString())
					.thenComparing((handler) -> handler.methods().toString())
					.thenComparing(Handler::name)));
		return List.copyOf(found);
	}

	private Collection<Entry> read(HandlerMapping mapping) {
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
		boolean own = !isFramework(mapping.getClass());
		return List.of(new Entry(new Handler(Kind.OTHER, Set.of(), Set.of(), mapping.getClass().getName(), "", own,
				false, false, Rule.NONE.demands()), own, Set.of()));
	}

	private Entry method(HandlerMapping mapping, RequestMappingInfo info, HandlerMethod method) {
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
		boolean undeclared = rule == Rule.NONE && isUndeclared(method, patterns)
				&& this.chains.mayReadTokens(methods, patterns);
		Handler handler = new Handler(kind, methods, patterns, name, text(rule, method, patterns), undeclared,
				rule.requiresOrganization() || isScoped(patterns), rule == Rule.NONE && isPublic(patterns),
				rule.demands());
		return new Entry(handler, !isFramework(method.getBeanType()),
				(isOurs(rule) || takesCaller(method)) ? patterns : scoped(patterns));
	}

	private static boolean isOurs(Rule rule) {
		return rule != Rule.NONE && rule != Rule.STOCK;
	}

	private static boolean takesCaller(HandlerMethod method) {
		return Arrays.stream(method.getMethodParameters())
			.anyMatch((parameter) -> !parameter.isOptional() && (parameter.getParameterType() == AccessToken.class
					|| parameter.getParameterType() == Organization.class));
	}

	private String text(Rule rule, HandlerMethod method, Set<String> patterns) {
		PreAuthorize stock = (rule == Rule.STOCK) ? HandlerRules.stock(method) : null;
		if (stock != null) {
			return stock.value();
		}
		return (rule == Rule.NONE && isPublic(patterns)) ? "public" : rule.toString();
	}

	private List<Entry> urls(AbstractUrlHandlerMapping mapping) {
		List<Entry> found = new ArrayList<>();
		mapping.getHandlerMap().forEach((pattern, handler) -> found.add(url(Set.of(pattern), handler)));
		if (mapping.getRootHandler() != null) {
			found.add(url(Set.of("/"), mapping.getRootHandler()));
		}
		if (mapping.getDefaultHandler() != null) {
			found.add(url(Set.of("/**"), mapping.getDefaultHandler()));
		}
		return found;
	}

	private Entry url(Set<String> patterns, Object handler) {
		Class<?> type = type(handler);
		boolean open = isPublic(patterns);
		boolean undeclared = isUndeclared(handler, patterns) && this.chains.mayReadTokens(Set.of(), patterns);
		return new Entry(new Handler((type == ResourceHttpRequestHandler.class) ? Kind.RESOURCE : Kind.OTHER, Set.of(),
				patterns, stableName(type), open ? "public" : "", undeclared, isScoped(patterns), open,
				Rule.NONE.demands()), !isFramework(type), scoped(patterns));
	}

	private List<Entry> routes(RouterFunctionMapping mapping) {
		if (mapping.getRouterFunction() == null) {
			return List.of();
		}
		RouteReader reader = new RouteReader();
		mapping.getRouterFunction().accept(reader);
		return reader.routes().stream().map(this::route).toList();
	}

	private Entry route(RouteReader.Route route) {
		Set<String> patterns = route.patterns();
		Rule rule = route.rule();
		boolean open = rule == Rule.NONE && isPublic(patterns);
		boolean undeclared = rule == Rule.NONE && !open && this.chains.mayReadTokens(route.methods(), patterns);
		return new Entry(
				new Handler(Kind.ROUTE, route.methods(), patterns, "route " + route.description(),
						open ? "public" : rule.toString(), undeclared,
						rule.requiresOrganization() || isScoped(patterns), open, rule.demands()),
				true, isOurs(rule) ? patterns : scoped(patterns));
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
		return !patterns.isEmpty() && scoped(patterns).size() == patterns.size();
	}

	/** Those that name an organization. */
	private Set<String> scoped(Set<String> patterns) {
		return patterns.stream()
			.filter((pattern) -> this.organizationVariables.stream()
				.anyMatch((variable) -> variable.matcher(pattern).find()))
			.collect(Collectors.toSet());
	}

	/**
	 * A handler, and what only the start has to know.
	 *
	 * @param handler the handler
	 * @param own whether it is the application's own
	 * @param tokenPatterns those of its patterns where nobody passes without a token
	 */
	private record Entry(Handler handler, boolean own, Set<String> tokenPatterns) {

	}

}
