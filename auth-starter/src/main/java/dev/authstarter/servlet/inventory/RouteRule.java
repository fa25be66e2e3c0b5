package dev.authstarter.servlet.inventory;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import dev.authstarter.CallerType;
import dev.authstarter.access.AuthorityPrefixes;
import dev.authstarter.access.CallerRules;
import dev.authstarter.access.Rule;
import jakarta.servlet.ServletContext;

import org.springframework.web.context.support.WebApplicationContextUtils;
import org.springframework.web.servlet.function.HandlerFilterFunction;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The access rule of functional routes, checked before their handler is called. Apply it
 * to the complete routes, so that the inventory of handlers includes it:
 * {@code RouteRule.scopes("read:notes").around(route().GET(...).build())}.
 */
public final class RouteRule implements HandlerFilterFunction<ServerResponse, ServerResponse> {

	static final String ATTRIBUTE = RouteRule.class.getName();

	private final Rule rule;

	private RouteRule(Rule rule) {
		AuthorityPrefixes.DEFAULT.refuse("A RouteRule", rule.demands());
		this.rule = rule;
	}

	/**
	 * Require all of several scopes.
	 * @param names the scopes
	 * @return the rule
	 */
	public static RouteRule scopes(String... names) {
		return new RouteRule(new Rule(each(names), List.of(), List.of(), anyCaller(), false, false, false));
	}

	/**
	 * Require one of several scopes.
	 * @param names the scopes, the narrowest first
	 * @return the rule
	 */
	public static RouteRule anyScope(String... names) {
		return new RouteRule(new Rule(List.of(named(names)), List.of(), List.of(), anyCaller(), false, false, false));
	}

	/**
	 * Require all of several roles in the acting organization.
	 * @param names the roles
	 * @return the rule
	 */
	public static RouteRule roles(String... names) {
		return new RouteRule(new Rule(List.of(), each(names), List.of(), anyCaller(), false, false, false));
	}

	/**
	 * Require all of several permissions in the acting organization.
	 * @param names the permissions
	 * @return the rule
	 */
	public static RouteRule permissions(String... names) {
		return new RouteRule(new Rule(List.of(), List.of(), each(names), anyCaller(), false, false, false));
	}

	/**
	 * Require a caller type. With both types, any valid token is enough.
	 * @param first a type that may call
	 * @param others further types
	 * @return the rule
	 */
	public static RouteRule callers(CallerType first, CallerType... others) {
		return new RouteRule(new Rule(List.of(), List.of(), List.of(), EnumSet.of(first, others), true, false, false));
	}

	/**
	 * Require that the request acts in an organization of the token.
	 * @return the rule
	 */
	public static RouteRule organization() {
		return new RouteRule(new Rule(List.of(), List.of(), List.of(), anyCaller(), false, true, false));
	}

	/**
	 * Combine this rule with another one.
	 * @param other the other rule
	 * @return a rule that requires both
	 */
	public RouteRule and(RouteRule other) {
		return new RouteRule(this.rule.and(other.rule));
	}

	private static List<List<String>> each(String... names) {
		return named(names).stream().map(List::of).toList();
	}

	private static List<String> named(String... names) {
		if (names.length == 0 || Arrays.stream(names).anyMatch(String::isBlank)) {
			throw new IllegalArgumentException("names cannot be empty or blank");
		}
		return List.of(names);
	}

	private static Set<CallerType> anyCaller() {
		return EnumSet.allOf(CallerType.class);
	}

	Rule rule() {
		return this.rule;
	}

	/**
	 * Apply this rule to routes.
	 * @param routes the routes
	 * @return the same routes, with this rule
	 */
	public RouterFunction<ServerResponse> around(RouterFunction<ServerResponse> routes) {
		// Nested, because a visitor could not see otherwise where the attribute ends.
		return RouterFunctions.nest(RequestPredicates.all(), routes).filter(this).withAttribute(ATTRIBUTE, this);
	}

	@Override
	public ServerResponse filter(ServerRequest request, HandlerFunction<ServerResponse> next) throws Exception {
		ServletContext context = request.servletRequest().getServletContext();
		WebApplicationContextUtils.getRequiredWebApplicationContext(context)
			.getBean(CallerRules.class)
			.hold(this.rule, null);
		return next.handle(request);
	}

}
