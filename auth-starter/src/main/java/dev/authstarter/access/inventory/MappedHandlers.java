package dev.authstarter.access.inventory;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.authstarter.access.HandlerCall;
import dev.authstarter.access.HandlerDescription;
import dev.authstarter.access.HandlerDescription.Kind;
import dev.authstarter.access.PublicPaths;
import dev.authstarter.access.Rule;
import dev.authstarter.access.declaration.CallerTypes;
import dev.authstarter.access.declaration.FrameworkTypes;
import dev.authstarter.access.declaration.MethodName;
import dev.authstarter.access.declaration.TypeName;
import dev.authstarter.access.interception.HandlerRules;
import dev.authstarter.access.inventory.RouteAlternatives.Alternative;
import dev.authstarter.configuration.AccessRuleException;
import org.jspecify.annotations.Nullable;

import org.springframework.web.method.HandlerMethod;

/**
 * Describes the handlers of Spring MVC's or WebFlux's mappings as entry points.
 */
public final class MappedHandlers {

	private static final String BOOT = "org.springframework.boot.";

	/** Those of whose classes serve what the application gave them. */
	private static final String MVC = "org.springframework.web.servlet.mvc.";

	/** Call handlers that are in no mapping of the application's own dispatcher. */
	private static final Set<String> DISPATCHING = Set.of("org.springframework.web.reactive.DispatcherHandler",
			"org.springframework.web.reactive.function.server.RouterFunctions$RouterFunctionWebHandler",
			"org.springframework.web.servlet.DispatcherServlet");

	/** Answers which methods a path has. */
	private static final String OPTIONS = MVC + "method.RequestMappingInfoHandlerMapping$HttpOptionsHandler";

	private final HandlerRules rules;

	private final FrameworkTypes framework;

	private final PublicPaths publicPaths;

	private final BiPredicate<Set<String>, Collection<String>> mayReadTokens;

	private final Function<String, @Nullable Class<?>> beanTypes;

	private final List<Pattern> organizationVariables;

	private final String prefix;

	private final Supplier<Set<String>> prefixes;

	/** What Spring Boot maps by itself, for example the welcome page. */
	private final Set<Object> ofBoot = Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));

	/**
	 * Describe handlers.
	 * @param rules the rule of each handler
	 * @param framework distinguishes Spring's own classes from the application's
	 * @param publicPaths the paths that are open without a token
	 * @param organizationVariables the path variables that name an organization
	 * @param mayReadTokens whether a token may be read from requests of these methods and
	 * patterns
	 * @param beanTypes returns the type of a bean, for mappings that have only its name
	 * @param prefix the prefix of the configured public paths, without a slash at its end
	 * @param prefixes the prefixes with each of which the patterns are served
	 */
	public MappedHandlers(HandlerRules rules, FrameworkTypes framework, PublicPaths publicPaths,
			List<String> organizationVariables, BiPredicate<Set<String>, Collection<String>> mayReadTokens,
			Function<String, @Nullable Class<?>> beanTypes, String prefix, Supplier<Set<String>> prefixes) {
		this.rules = rules;
		this.framework = framework;
		this.publicPaths = publicPaths;
		this.mayReadTokens = mayReadTokens;
		this.beanTypes = beanTypes;
		this.prefix = prefix;
		this.prefixes = prefixes;
		this.organizationVariables = organizationVariables.stream()
			.map((name) -> Pattern.compile("\\{\\*?" + Pattern.quote(name) + "[:}]"))
			.toList();
	}

	/**
	 * Register a handler as one that Spring Boot maps itself.
	 * @param handler the handler
	 */
	public void takeForBoot(Object handler) {
		this.ofBoot.add(handler);
	}

	/**
	 * Describe a method of a controller or of an endpoint of the actuator.
	 * @param mapping what maps it
	 * @param methods names of HTTP methods, empty for all
	 * @param patterns the patterns of its paths
	 * @param method the method
	 * @return the entry point
	 */
	public EntryPoint method(Object mapping, Set<String> methods, Set<String> patterns, HandlerMethod method) {
		Kind kind = mapping.getClass().getName().contains(".actuate.") ? Kind.ENDPOINT
				: this.framework.contain(method.getBeanType()) ? Kind.OTHER : Kind.CONTROLLER;
		Rule rule = this.rules.of(method);
		String name = (kind == Kind.ENDPOINT) ? method.toString()
				: MethodName.of(method.getMethod(), method.getBeanType());
		boolean undeclared = rule == Rule.NONE && isUndeclared(method, methods, patterns)
				&& this.mayReadTokens.test(methods, patterns);
		HandlerDescription handler = new HandlerDescription(kind, methods, patterns, name,
				text(rule, method, methods, patterns), undeclared, rule.requiresOrganization() || isScoped(patterns),
				rule == Rule.PUBLIC || (rule == Rule.NONE && isPublic(methods, patterns)), true, rule.demands());
		return entryPoint(handler, null, !isFramework(method.getBeanType()),
				(isOurs(rule) || takesCaller(method)) ? patterns : scoped(patterns))
			.declaredPublic(rule == Rule.PUBLIC);
	}

	/**
	 * Describe an object that handles requests by itself.
	 * @param kind what it is
	 * @param patterns the patterns of its paths
	 * @param handler the object, or the name of its bean
	 * @return the entry point
	 */
	public EntryPoint object(Kind kind, Set<String> patterns, Object handler) {
		Class<?> type = type(handler);
		boolean named = handler instanceof String;
		Rule rule = named ? this.rules.ofType(type) : this.rules.of(handler);
		String text = named ? this.rules.textOfType(type) : this.rules.text(handler);
		boolean open = rule == Rule.PUBLIC || (rule == Rule.NONE && isPublic(Set.of(), patterns));
		boolean undeclared = rule == Rule.NONE && isUndeclared(handler, Set.of(), patterns)
				&& this.mayReadTokens.test(Set.of(), patterns);
		return entryPoint(
				new HandlerDescription(kind, Set.of(), patterns, TypeName.of(type), open ? "public" : text, undeclared,
						rule.requiresOrganization() || isScoped(patterns), open, true, rule.demands()),
				null, isOwn(handler), isOurs(rule) ? patterns : scoped(patterns))
			.declaredPublic(rule == Rule.PUBLIC);
	}

	/**
	 * Describe what is called at the handshake of a WebSocket.
	 * @param patterns the patterns of its paths
	 * @param name the handler behind it
	 * @param leadsTo what is called over the connection, or {@code null} if the handler
	 * is called itself
	 * @return the entry point
	 */
	public EntryPoint socket(Set<String> patterns, String name, @Nullable Kind leadsTo) {
		boolean open = isPublic(Set.of(), patterns);
		boolean undeclared = !open && this.mayReadTokens.test(Set.of(), patterns);
		return entryPoint(new HandlerDescription(Kind.SOCKET, Set.of(), patterns, name, open ? "public" : "",
				undeclared, isScoped(patterns), open, true, Rule.NONE.demands()), leadsTo, true, scoped(patterns));
	}

	/**
	 * Describe a functional route.
	 * @param requests the requests that it serves
	 * @param description its predicate, for reports
	 * @param rule the rule of the route
	 * @param leadsTo what is called behind it, or {@code null} if it is called itself
	 * @return the entry point
	 */
	public EntryPoint route(Alternative requests, String description, Rule rule, @Nullable Kind leadsTo) {
		Set<String> methods = requests.methods();
		Set<String> patterns = requests.patterns();
		boolean open = rule == Rule.NONE && isPublic(methods, patterns);
		boolean undeclared = rule == Rule.NONE && !open && this.mayReadTokens.test(methods, patterns);
		return entryPoint(
				new HandlerDescription(Kind.ROUTE, methods, patterns, "route " + description,
						open ? "public" : rule.toString(), undeclared,
						rule.requiresOrganization() || isScoped(patterns), open, true, rule.demands()),
				leadsTo, true, isOurs(rule) ? patterns : scoped(patterns))
			.read(requests.reading());
	}

	/**
	 * Check the handler function of a route, or another object that handles requests.
	 * @param function the object
	 * @throws AccessRuleException if its class has a rule that is not enforced
	 */
	public void checkFunction(Object function) {
		this.rules.of(function);
	}

	/**
	 * Describe a mapping whose handlers are unknown.
	 * @param mapping the mapping
	 * @return the entry point
	 */
	public EntryPoint unknown(Class<?> mapping) {
		boolean own = !isFramework(mapping);
		return entryPoint(new HandlerDescription(Kind.OTHER, Set.of(), Set.of(), TypeName.of(mapping), "", own, false,
				false, true, Rule.NONE.demands()), null, own, Set.of());
	}

	private EntryPoint entryPoint(HandlerDescription handler, @Nullable Kind leadsTo, boolean own,
			Set<String> tokenPatterns) {
		return new EntryPoint(handler,
				handler.patterns()
					.stream()
					.flatMap((pattern) -> this.prefixes.get().stream().map((prefix) -> prefix + pattern))
					.collect(Collectors.toSet()),
				leadsTo, own, tokenPatterns);
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

	/**
	 * Return whether a handler without a rule is the application's own and has no public
	 * path.
	 * @param handler the handler
	 * @param methods names of HTTP methods, empty for all
	 * @param patterns the patterns that lead to it
	 * @return whether it is
	 */
	public boolean isUndeclared(Object handler, Set<String> methods, Set<String> patterns) {
		return isOwn(handler) && !isPublic(methods, patterns);
	}

	/**
	 * Return whether the path of a request is public.
	 * @param call the request
	 * @return whether it is, in each of its forms
	 */
	public boolean isPublic(HandlerCall call) {
		return call.paths()
			.stream()
			.allMatch((path) -> this.publicPaths.below(this.prefix).contain(call.method(), path));
	}

	private boolean isOwn(Object handler) {
		return !isFramework(type(handler)) && !this.ofBoot.contains(handler);
	}

	/**
	 * Whether a class of the framework serves nothing of the application: error pages,
	 * static resources, the actuator.
	 */
	private boolean isFramework(Class<?> type) {
		String name = type.getName();
		return this.framework.contain(type) && !DISPATCHING.contains(name) && (name.startsWith(BOOT)
				|| (name.startsWith("org.springframework.web.") && !name.startsWith(MVC)) || name.equals(OPTIONS));
	}

	/**
	 * Return the class of a handler.
	 * @param handler a method, an object or the name of a bean
	 * @return the class behind its proxies
	 */
	public Class<?> type(Object handler) {
		if (handler instanceof HandlerMethod method) {
			return method.getBeanType();
		}
		Class<?> type = (handler instanceof String name) ? this.beanTypes.apply(name) : HandlerRules.typeOf(handler);
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
