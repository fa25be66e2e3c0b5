package dev.authstarter.reactive.startup;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.authstarter.access.declaration.TypeName;
import reactor.core.publisher.Mono;

import org.springframework.core.io.Resource;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RequestPredicate;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Visits router functions and collects their routes.
 */
final class FluxRouteReader implements RouterFunctions.Visitor {

	private static final String BOOT = "org.springframework.boot.webflux.";

	private final List<Route> routes = new ArrayList<>();

	private final Deque<Route> levels = new ArrayDeque<>(List.of(new Route(Set.of(), Set.of(), "", false)));

	private FluxRouteReader() {
	}

	static List<Route> read(RouterFunction<?> function) {
		FluxRouteReader reader = new FluxRouteReader();
		function.accept(reader);
		return reader.routes;
	}

	/** Whether Spring Boot made a route by itself, for example to the welcome page. */
	static boolean isOfBoot(Object handler) {
		return handler instanceof HandlerFunction && handler.getClass().getName().startsWith(BOOT);
	}

	@Override
	public void startNested(RequestPredicate predicate) {
		this.levels.push(below(predicate, false));
	}

	@Override
	public void endNested(RequestPredicate predicate) {
		this.levels.pop();
	}

	@Override
	public void route(RequestPredicate predicate, HandlerFunction<?> handlerFunction) {
		if (!isOfBoot(handlerFunction)) {
			this.routes.add(below(predicate,
					handlerFunction.getClass().getName().startsWith("org.springframework.boot.graphql.")));
		}
	}

	@Override
	public void resources(Function<ServerRequest, Mono<Resource>> lookupFunction) {
		other("resources");
	}

	@Override
	public void attributes(Map<String, Object> attributes) {
		// No attribute is evaluated.
	}

	@Override
	public void unknown(RouterFunction<?> routerFunction) {
		other(TypeName.of(routerFunction.getClass()));
	}

	private void other(String description) {
		Route level = this.levels.element();
		this.routes.add(new Route(level.methods(), level.patterns(), description, false));
	}

	private Route below(RequestPredicate predicate, boolean graphQl) {
		Route outer = this.levels.element();
		Predicate inner = new Predicate();
		predicate.accept(inner);
		return new Route(inner.methods.isEmpty() ? outer.methods() : inner.methods,
				combine(outer.patterns(), inner.patterns), inner.description.toString(), graphQl);
	}

	/** Combine patterns as WebFlux does in the pattern that matched. */
	private static Set<String> combine(Set<String> outer, Set<String> inner) {
		if (outer.isEmpty() || inner.isEmpty()) {
			return outer.isEmpty() ? inner : outer;
		}
		PathPatternParser parser = PathPatternParser.defaultInstance;
		return outer.stream()
			.flatMap((prefix) -> inner.stream()
				.map((suffix) -> parser.parse(prefix).combine(parser.parse(suffix)).getPatternString()))
			.collect(Collectors.toSet());
	}

	/**
	 * A route.
	 *
	 * @param methods names of HTTP methods, empty for all
	 * @param patterns the patterns of its paths, empty if the predicate has none
	 * @param description its predicate, for people
	 * @param graphQl whether it is an endpoint of GraphQL
	 */
	record Route(Set<String> methods, Set<String> patterns, String description, boolean graphQl) {

	}

	/**
	 * Collects methods and patterns of a predicate, except those that it negates, and
	 * describes it. Predicates that are not WebFlux's own are named by their class: their
	 * own descriptions may differ from run to run.
	 */
	private static final class Predicate implements RequestPredicates.Visitor {

		private final Set<String> methods = new HashSet<>();

		private final Set<String> patterns = new HashSet<>();

		private final StringBuilder description = new StringBuilder();

		private int negations;

		@Override
		public void method(Set<HttpMethod> methods) {
			List<String> names = methods.stream().map(HttpMethod::name).sorted().toList();
			if (this.negations == 0) {
				this.methods.addAll(names);
			}
			this.description.append((names.size() == 1) ? names.get(0) : names.toString());
		}

		@Override
		public void path(String pattern) {
			if (this.negations == 0) {
				this.patterns.add(pattern);
			}
			this.description.append(pattern);
		}

		@Override
		@Deprecated(forRemoval = true)
		@SuppressWarnings("removal")
		public void pathExtension(String extension) {
			this.description.append("*.").append(extension);
		}

		@Override
		public void header(String name, String value) {
			this.description.append(name).append(": ").append(value);
		}

		@Override
		public void queryParam(String name, String value) {
			this.description.append('?').append(name).append(" == ").append(value);
		}

		@Override
		public void version(String version) {
			this.description.append("version ").append(version);
		}

		@Override
		public void startAnd() {
			this.description.append('(');
		}

		@Override
		public void and() {
			this.description.append(" && ");
		}

		@Override
		public void endAnd() {
			this.description.append(')');
		}

		@Override
		public void startOr() {
			this.description.append('(');
		}

		@Override
		public void or() {
			this.description.append(" || ");
		}

		@Override
		public void endOr() {
			this.description.append(')');
		}

		@Override
		public void startNegate() {
			this.negations++;
			this.description.append('!');
		}

		@Override
		public void endNegate() {
			this.negations--;
		}

		@Override
		public void unknown(RequestPredicate predicate) {
			this.description.append(TypeName.of(predicate.getClass()));
		}

	}

}
