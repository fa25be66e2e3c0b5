package dev.authstarter.servlet.inventory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.authstarter.access.HandlerCall;
import dev.authstarter.access.HandlerDescription;
import dev.authstarter.access.HandlerDescription.Kind;
import dev.authstarter.access.PathPatterns;
import dev.authstarter.access.PublicPaths;
import dev.authstarter.access.Rule;
import dev.authstarter.access.declaration.FrameworkTypes;
import dev.authstarter.access.declaration.MethodName;
import dev.authstarter.access.declaration.TypeName;
import dev.authstarter.access.interception.HandlerRules;
import dev.authstarter.access.inventory.EntryPoint;
import dev.authstarter.access.inventory.EntryPointInventory;
import dev.authstarter.access.inventory.ExportedRepositories;
import dev.authstarter.access.inventory.ServedHandlers;
import dev.authstarter.servlet.argument.CallerTypes;
import jakarta.servlet.http.HttpServletMapping;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.context.ApplicationContext;
import org.springframework.http.server.PathContainer;
import org.springframework.util.ClassUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;
import org.springframework.web.servlet.handler.AbstractHandlerMapping;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;

/**
 * Reads all that Spring MVC has mapped, once it has.
 */
final class MvcHandlerInventory implements ServedHandlers {

	private static final String BOOT = "org.springframework.boot.";

	private final ApplicationContext context;

	private final HandlerRules rules;

	private final FrameworkTypes framework;

	private final PublicPaths publicPaths;

	private final HandlerChains chains;

	private final List<Pattern> organizationVariables;

	private final String servletPath;

	/** What Spring Boot maps by itself, for example the welcome page. */
	private final Set<Object> ofBoot = Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));

	/**
	 * Read the mappings of a context.
	 * @param servletPath the path of the servlet below the application's context path,
	 * without a slash at its end
	 */
	MvcHandlerInventory(ApplicationContext context, HandlerRules rules, FrameworkTypes framework, HandlerChains chains,
			PublicPaths publicPaths, List<String> organizationVariables, String servletPath) {
		this.context = context;
		this.rules = rules;
		this.framework = framework;
		this.chains = chains;
		this.publicPaths = publicPaths;
		this.servletPath = servletPath;
		this.organizationVariables = organizationVariables.stream()
			.map((name) -> Pattern.compile("\\{\\*?" + Pattern.quote(name) + "[:}]"))
			.toList();
	}

	@Override
	public boolean isUndeclared(HandlerCall call, Rule rule, EntryPointInventory all) {
		Object handler = call.handler();
		if (rule != Rule.NONE || handler instanceof HttpServletMapping) {
			return false;
		}
		String pattern = call.pattern();
		if (handler instanceof HandlerFunction) {
			return !all.isDeclared(Kind.ROUTE, call.method(), pattern);
		}
		if (SocketHandlers.isSocket(handler)) {
			return !all.isDeclared(Kind.SOCKET, call.method(), pattern);
		}
		if (type(handler).getName().startsWith(ExportedRepositories.HANDLERS)) {
			return isUndeclaredRepository(call, all.handlers());
		}
		return (pattern != null)
				? isUndeclared(handler, Set.of(call.method()), Set.of(pattern))
						&& this.chains.mayReadTokens(call.method(), pattern)
				: isUndeclared(handler, Set.of(), Set.of());
	}

	@Override
	public boolean isErrorPage(Object handler) {
		return ClassUtils.getAllInterfacesForClassAsSet(type(handler))
			.stream()
			.anyMatch((type) -> type.getName().equals("org.springframework.boot.webmvc.error.ErrorController"));
	}

	/** What is about no repository tells of all of them. */
	private static boolean isUndeclaredRepository(HandlerCall call, List<HandlerDescription> all) {
		List<PathContainer> paths = call.paths();
		List<HandlerDescription> repositories = all.stream()
			.filter((handler) -> handler.kind() == Kind.REPOSITORY)
			.toList();
		List<HandlerDescription> asked = repositories.stream()
			.filter((handler) -> handler.patterns()
				.stream()
				.map(PathPatterns::parse)
				.anyMatch((pattern) -> paths.stream().anyMatch(pattern::matches)))
			.toList();
		return (asked.isEmpty() ? repositories : asked).stream().anyMatch(HandlerDescription::undeclared);
	}

	@Override
	public List<EntryPoint> find() {
		List<EntryPoint> found = new ArrayList<>();
		BeanFactoryUtils.beansOfTypeIncludingAncestors(this.context, HandlerMapping.class, true, false)
			.values()
			.forEach((mapping) -> found.addAll(read(mapping)));
		return found;
	}

	private Collection<EntryPoint> read(HandlerMapping mapping) {
		if (mapping instanceof RequestMappingInfoHandlerMapping methods) {
			return methods.getHandlerMethods()
				.entrySet()
				.stream()
				.filter((entry) -> !entry.getValue().getBeanType().getName().startsWith(ExportedRepositories.HANDLERS))
				.map((entry) -> method(mapping, entry.getKey(), entry.getValue()))
				.toList();
		}
		if (mapping instanceof Iterable<?> mappings) {
			// Spring Data REST's own, and those of the controllers beside it.
			List<EntryPoint> found = new ArrayList<>();
			mappings.forEach((one) -> found.addAll((one instanceof HandlerMapping inner) ? read(inner) : List.of()));
			return found;
		}
		if (mapping instanceof AbstractUrlHandlerMapping urls) {
			return urls(urls);
		}
		if (mapping instanceof RouterFunctionMapping routes) {
			return routes(routes);
		}
		boolean own = !isFramework(mapping.getClass());
		boolean intercepted = mapping instanceof AbstractHandlerMapping;
		return List
			.of(entryPoint(new HandlerDescription(Kind.OTHER, Set.of(), Set.of(), TypeName.of(mapping.getClass()), "",
					own, false, false, intercepted || !own, Rule.NONE.demands()), null, own, Set.of()));
	}

	private EntryPoint entryPoint(HandlerDescription handler, @Nullable Kind leadsTo, boolean own,
			Set<String> tokenPatterns) {
		return new EntryPoint(handler,
				handler.patterns().stream().map((pattern) -> this.servletPath + pattern).collect(Collectors.toSet()),
				leadsTo, own, tokenPatterns);
	}

	private EntryPoint method(HandlerMapping mapping, RequestMappingInfo info, HandlerMethod method) {
		Set<String> methods = info.getMethodsCondition()
			.getMethods()
			.stream()
			.map(Enum::name)
			.collect(Collectors.toSet());
		Set<String> patterns = info.getPatternValues();
		Kind kind = mapping.getClass().getName().contains(".actuate.") ? Kind.ENDPOINT
				: this.framework.contain(method.getBeanType()) ? Kind.OTHER : Kind.CONTROLLER;
		Rule rule = this.rules.of(method);
		String name = (kind == Kind.ENDPOINT) ? method.toString()
				: MethodName.of(method.getMethod(), method.getBeanType());
		boolean undeclared = rule == Rule.NONE && isUndeclared(method, methods, patterns)
				&& this.chains.mayReadTokens(methods, patterns);
		HandlerDescription handler = new HandlerDescription(kind, methods, patterns, name,
				text(rule, method, methods, patterns), undeclared, rule.requiresOrganization() || isScoped(patterns),
				rule == Rule.PUBLIC || (rule == Rule.NONE && isPublic(methods, patterns)), true, rule.demands());
		return entryPoint(handler, null, !isFramework(method.getBeanType()),
				(isOurs(rule) || takesCaller(method)) ? patterns : scoped(patterns))
			.declaredPublic(rule == Rule.PUBLIC);
	}

	private static boolean isOurs(Rule rule) {
		return !rule.demandsNothing();
	}

	private static boolean takesCaller(HandlerMethod method) {
		return Arrays.stream(method.getMethodParameters())
			.anyMatch((parameter) -> !parameter.isOptional() && CallerTypes.ALL.contains(parameter.getParameterType()));
	}

	private String text(Rule rule, HandlerMethod method, Set<String> methods, Set<String> patterns) {
		return (rule == Rule.NONE && isPublic(methods, patterns)) ? "public" : this.rules.text(method);
	}

	private List<EntryPoint> urls(AbstractUrlHandlerMapping mapping) {
		if (mapping.getClass().getName().startsWith(BOOT) && mapping.getRootHandler() != null) {
			this.ofBoot.add(mapping.getRootHandler());
		}
		List<EntryPoint> found = new ArrayList<>();
		mapping.getHandlerMap().forEach((pattern, handler) -> found.add(url(Set.of(pattern), handler)));
		if (mapping.getRootHandler() != null) {
			found.add(url(Set.of("/"), mapping.getRootHandler()));
		}
		if (mapping.getDefaultHandler() != null) {
			found.add(url(Set.of("/**"), mapping.getDefaultHandler()));
		}
		return found;
	}

	private EntryPoint url(Set<String> patterns, Object handler) {
		if (SocketHandlers.isSocket(handler)) {
			boolean open = isPublic(Set.of(), patterns);
			boolean undeclared = !open && this.chains.mayReadTokens(Set.of(), patterns);
			return entryPoint(
					new HandlerDescription(Kind.SOCKET, Set.of(), patterns, SocketHandlers.name(handler),
							open ? "public" : "", undeclared, isScoped(patterns), open, true, Rule.NONE.demands()),
					SocketHandlers.leadsTo(handler), true, scoped(patterns));
		}
		Class<?> type = type(handler);
		Rule rule = this.rules.ofType(type);
		boolean open = rule == Rule.PUBLIC || (rule == Rule.NONE && isPublic(Set.of(), patterns));
		boolean undeclared = rule == Rule.NONE && isUndeclared(handler, Set.of(), patterns)
				&& this.chains.mayReadTokens(Set.of(), patterns);
		return entryPoint(
				new HandlerDescription((type == ResourceHttpRequestHandler.class) ? Kind.RESOURCE : Kind.OTHER,
						Set.of(), patterns, TypeName.of(type), open ? "public" : this.rules.text(type), undeclared,
						rule.requiresOrganization() || isScoped(patterns), open, true, rule.demands()),
				null, isOwn(handler), isOurs(rule) ? patterns : scoped(patterns))
			.declaredPublic(rule == Rule.PUBLIC);
	}

	private List<EntryPoint> routes(RouterFunctionMapping mapping) {
		if (mapping.getRouterFunction() == null) {
			return List.of();
		}
		RouteReader reader = new RouteReader();
		mapping.getRouterFunction().accept(reader);
		return reader.routes().stream().map(this::route).toList();
	}

	private EntryPoint route(RouteReader.Route route) {
		Set<String> patterns = route.patterns();
		Rule rule = route.rule();
		boolean open = rule == Rule.NONE && isPublic(route.methods(), patterns);
		boolean undeclared = rule == Rule.NONE && !open && this.chains.mayReadTokens(route.methods(), patterns);
		return entryPoint(
				new HandlerDescription(Kind.ROUTE, route.methods(), patterns, "route " + route.description(),
						open ? "public" : rule.toString(), undeclared,
						rule.requiresOrganization() || isScoped(patterns), open, true, rule.demands()),
				route.graphQl() ? Kind.QUERY : null, true, isOurs(rule) ? patterns : scoped(patterns));
	}

	private boolean isUndeclared(Object handler, Set<String> methods, Set<String> patterns) {
		return isOwn(handler) && !isPublic(methods, patterns);
	}

	private boolean isOwn(Object handler) {
		return !isFramework(type(handler)) && !this.ofBoot.contains(handler);
	}

	/**
	 * Of the framework, and for nothing of the application: error pages, static
	 * resources, the actuator. Other classes of Spring serve what the application gave
	 * them.
	 */
	private boolean isFramework(Class<?> type) {
		String name = type.getName();
		return this.framework.contain(type) && (name.startsWith(BOOT) || (name.startsWith("org.springframework.web.")
				&& !name.startsWith("org.springframework.web.servlet.mvc.")));
	}

	private Class<?> type(Object handler) {
		if (handler instanceof HandlerMethod method) {
			return method.getBeanType();
		}
		Class<?> type = (handler instanceof String name) ? this.context.getType(name) : HandlerRules.typeOf(handler);
		return (type != null) ? type : Object.class;
	}

	private boolean isPublic(Set<String> methods, Set<String> patterns) {
		return !patterns.isEmpty() && patterns.stream().allMatch((pattern) -> this.publicPaths.cover(methods, pattern));
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

}
