package dev.authstarter.access;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import org.springframework.core.io.Resource;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RequestPredicate;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Walks through router functions and notes their routes with the rules around them.
 */
final class RouteReader implements RouterFunctions.Visitor {

	private final List<Route> routes = new ArrayList<>();

	private final Deque<Level> levels = new ArrayDeque<>(List.of(new Level(Set.of(), Set.of(), Rule.NONE)));

	/** What {@link #attributes} said about the router function that comes next. */
	private Rule next = Rule.NONE;

	List<Route> routes() {
		return this.routes;
	}

	@Override
	public void startNested(RequestPredicate predicate) {
		this.levels.push(enter(predicate));
	}

	@Override
	public void endNested(RequestPredicate predicate) {
		this.levels.pop();
	}

	@Override
	public void route(RequestPredicate predicate, HandlerFunction<?> handlerFunction) {
		Level level = enter(predicate);
		this.routes.add(new Route(level.methods(), level.patterns(), predicate.toString(), level.rule()));
	}

	@Override
	public void resources(Function<ServerRequest, Optional<Resource>> lookupFunction) {
		other("resources");
	}

	@Override
	public void unknown(RouterFunction<?> routerFunction) {
		other(routerFunction.getClass().getName());
	}

	private void other(String description) {
		Level level = this.levels.element();
		this.routes.add(new Route(level.methods(), level.patterns(), description, and(level.rule(), takeNext())));
	}

	@Override
	public void attributes(Map<String, Object> attributes) {
		if (attributes.get(RouteRule.ATTRIBUTE) instanceof RouteRule route) {
			this.next = and(this.next, route.rule());
		}
	}

	private Level enter(RequestPredicate predicate) {
		PredicateReader reader = new PredicateReader();
		predicate.accept(reader);
		Level outer = this.levels.element();
		return new Level(reader.methods.isEmpty() ? outer.methods() : reader.methods,
				combine(outer.patterns(), reader.patterns), and(outer.rule(), takeNext()));
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

	/** As Spring MVC names the pattern that matched. */
	private static Set<String> combine(Set<String> outer, Set<String> inner) {
		if (outer.isEmpty() || inner.isEmpty()) {
			return outer.isEmpty() ? inner : outer;
		}
		Set<String> combined = new HashSet<>();
		PathPatternParser parser = PathPatternParser.defaultInstance;
		for (String prefix : outer) {
			for (String suffix : inner) {
				combined.add(parser.parse(prefix).combine(parser.parse(suffix)).getPatternString());
			}
		}
		return combined;
	}

	/**
	 * What was found on the way down.
	 */
	private record Level(Set<String> methods, Set<String> patterns, Rule rule) {

	}

	/**
	 * A route with the rule around it.
	 */
	record Route(Set<String> methods, Set<String> patterns, String description, Rule rule) {

	}

	/**
	 * Picks methods and patterns out of a predicate, but for what it negates.
	 */
	private static final class PredicateReader implements RequestPredicates.Visitor {

		private final Set<String> methods = new LinkedHashSet<>();

		private final Set<String> patterns = new LinkedHashSet<>();

		private int negations;

		@Override
		public void method(Set<HttpMethod> methods) {
			if (this.negations == 0) {
				methods.forEach((method) -> this.methods.add(method.name()));
			}
		}

		@Override
		public void path(String pattern) {
			if (this.negations == 0) {
				this.patterns.add(pattern);
			}
		}

		@Override
		@Deprecated(forRemoval = true)
		@SuppressWarnings("removal")
		public void pathExtension(String extension) {
		}

		@Override
		public void header(String name, String value) {
		}

		@Override
		public void param(String name, String value) {
		}

		@Override
		public void version(String version) {
		}

		@Override
		public void startAnd() {
		}

		@Override
		public void and() {
		}

		@Override
		public void endAnd() {
		}

		@Override
		public void startOr() {
		}

		@Override
		public void or() {
		}

		@Override
		public void endOr() {
		}

		@Override
		public void startNegate() {
			this.negations++;
		}

		@Override
		public void endNegate() {
			this.negations--;
		}

		@Override
		public void unknown(RequestPredicate predicate) {
		}

	}

}
