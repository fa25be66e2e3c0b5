package dev.authstarter.servlet.inventory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.authstarter.access.Rule;
import dev.authstarter.access.declaration.TypeName;
import dev.authstarter.access.inventory.RouteAlternatives;
import dev.authstarter.access.inventory.RouteAlternatives.Alternative;
import dev.authstarter.access.inventory.RouteAlternatives.Reading;

import org.springframework.core.io.Resource;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RequestPredicate;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;

/**
 * Visits router functions and collects their routes with the rules that apply to them.
 */
final class RouteReader implements RouterFunctions.Visitor {

	private final List<Route> routes = new ArrayList<>();

	private final Deque<Level> levels = new ArrayDeque<>(List.of(new Level(RouteAlternatives.ANY, Rule.NONE)));

	/** The rule that {@link #attributes} found for the next router function. */
	private Rule next = Rule.NONE;

	private final Consumer<Object> functions;

	/**
	 * Create a reader.
	 * @param functions checks each handler function
	 */
	RouteReader(Consumer<Object> functions) {
		this.functions = functions;
	}

	List<Route> routes() {
		// A GraphQL predicate does not expose its path. It is the path of another route,
		// with which Spring Boot answers invalid requests.
		Set<String> graphQl = new HashSet<>();
		this.routes.stream()
			.filter((route) -> route.graphQl() && route.requests().methods().contains("POST"))
			.forEach((route) -> graphQl.addAll(route.requests().patterns()));
		return this.routes.stream()
			.map((route) -> (route.graphQl() && route.requests().patterns().isEmpty())
					? new Route(new Alternative(Set.of("POST"), graphQl, Reading.PARTIAL), route.description(),
							route.rule(), true)
					: route)
			.toList();
	}

	@Override
	public void startNested(RequestPredicate predicate) {
		Level outer = this.levels.element();
		this.levels.push(new Level(outer.alternatives().nest(read(predicate, true).alternatives()),
				and(outer.rule(), takeNext())));
	}

	@Override
	public void endNested(RequestPredicate predicate) {
		this.levels.pop();
	}

	@Override
	public void route(RequestPredicate predicate, HandlerFunction<?> handlerFunction) {
		this.functions.accept(handlerFunction);
		PredicateReader reader = read(predicate, false);
		Level level = this.levels.element();
		add(level.alternatives().route(reader.alternatives()), reader.description(), and(level.rule(), takeNext()),
				isGraphQl(reader, handlerFunction));
	}

	@Override
	public void resources(Function<ServerRequest, Optional<Resource>> lookupFunction) {
		other("resources", RouteAlternatives.SOME);
	}

	@Override
	public void unknown(RouterFunction<?> routerFunction) {
		other(TypeName.of(routerFunction.getClass()), RouteAlternatives.UNKNOWN);
	}

	private void other(String description, RouteAlternatives alternatives) {
		Level level = this.levels.element();
		add(level.alternatives().route(alternatives), description, and(level.rule(), takeNext()), false);
	}

	/** Add a route for each alternative. */
	private void add(RouteAlternatives alternatives, String description, Rule rule, boolean graphQl) {
		alternatives.list().forEach((each) -> this.routes.add(new Route(each, description, rule, graphQl)));
	}

	@Override
	public void attributes(Map<String, Object> attributes) {
		if (attributes.get(RouteRule.ATTRIBUTE) instanceof RouteRule route) {
			this.next = and(this.next, route.rule());
		}
	}

	private static PredicateReader read(RequestPredicate predicate, boolean nesting) {
		PredicateReader reader = new PredicateReader(nesting);
		predicate.accept(reader);
		return reader;
	}

	/**
	 * Spring Boot's own routes are recognized by their handlers, those of an application
	 * by their predicates.
	 */
	private static boolean isGraphQl(PredicateReader reader, HandlerFunction<?> handlerFunction) {
		return reader.description().contains("org.springframework.graphql.")
				|| handlerFunction.getClass().getName().startsWith("org.springframework.boot.graphql.");
	}

	private Rule takeNext() {
		Rule rule = this.next;
		this.next = Rule.NONE;
		return rule;
	}

	private static Rule and(Rule outer, Rule inner) {
		if (outer == Rule.NONE || inner == Rule.NONE) {
			return (outer != Rule.NONE) ? outer : inner;
		}
		return outer.and(inner);
	}

	/**
	 * What applies at a level of nesting.
	 */
	private record Level(RouteAlternatives alternatives, Rule rule) {

	}

	/**
	 * A route with the rule that applies to it.
	 *
	 * @param requests the requests that it serves
	 * @param description a description of its predicate
	 * @param rule the rule
	 * @param graphQl whether it is an endpoint of GraphQL
	 */
	record Route(Alternative requests, String description, Rule rule, boolean graphQl) {

	}

}
