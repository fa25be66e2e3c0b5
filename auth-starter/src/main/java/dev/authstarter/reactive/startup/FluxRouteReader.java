package dev.authstarter.reactive.startup;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.authstarter.access.declaration.TypeName;
import dev.authstarter.access.inventory.RouteAlternatives;
import dev.authstarter.access.inventory.RouteAlternatives.Alternative;
import dev.authstarter.access.inventory.RoutePredicateReader;
import reactor.core.publisher.Mono;

import org.springframework.core.io.Resource;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RequestPredicate;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Visits router functions and collects their routes.
 */
final class FluxRouteReader implements RouterFunctions.Visitor {

	private static final String BOOT = "org.springframework.boot.webflux.";

	private final List<Route> routes = new ArrayList<>();

	private final Deque<RouteAlternatives> levels = new ArrayDeque<>(List.of(RouteAlternatives.ANY));

	private final Consumer<Object> functions;

	private FluxRouteReader(Consumer<Object> functions) {
		this.functions = functions;
	}

	/**
	 * Read the routes of a router function.
	 * @param function the router function
	 * @param functions checks each handler function
	 */
	static List<Route> read(RouterFunction<?> function, Consumer<Object> functions) {
		FluxRouteReader reader = new FluxRouteReader(functions);
		function.accept(reader);
		return reader.routes;
	}

	/** Whether Spring Boot made a route by itself, for example to the welcome page. */
	static boolean isOfBoot(Object handler) {
		return handler instanceof HandlerFunction && handler.getClass().getName().startsWith(BOOT);
	}

	@Override
	public void startNested(RequestPredicate predicate) {
		this.levels.push(this.levels.element().nest(read(predicate, true).alternatives()));
	}

	@Override
	public void endNested(RequestPredicate predicate) {
		this.levels.pop();
	}

	@Override
	public void route(RequestPredicate predicate, HandlerFunction<?> handlerFunction) {
		if (!isOfBoot(handlerFunction)) {
			this.functions.accept(handlerFunction);
			Predicate read = read(predicate, false);
			add(this.levels.element().route(read.alternatives()), read.description(),
					handlerFunction.getClass().getName().startsWith("org.springframework.boot.graphql."));
		}
	}

	@Override
	public void resources(Function<ServerRequest, Mono<Resource>> lookupFunction) {
		other("resources", RouteAlternatives.SOME);
	}

	@Override
	public void attributes(Map<String, Object> attributes) {
		// No attribute is evaluated.
	}

	@Override
	public void unknown(RouterFunction<?> routerFunction) {
		other(TypeName.of(routerFunction.getClass()), RouteAlternatives.UNKNOWN);
	}

	private void other(String description, RouteAlternatives alternatives) {
		add(this.levels.element().route(alternatives), description, false);
	}

	/** Add a route for each alternative. */
	private void add(RouteAlternatives alternatives, String description, boolean graphQl) {
		alternatives.list().forEach((each) -> this.routes.add(new Route(each, description, graphQl)));
	}

	private static Predicate read(RequestPredicate predicate, boolean nesting) {
		Predicate read = new Predicate(nesting);
		predicate.accept(read);
		return read;
	}

	/**
	 * A route.
	 *
	 * @param requests the requests that it serves
	 * @param description its predicate, for people
	 * @param graphQl whether it is an endpoint of GraphQL
	 */
	record Route(Alternative requests, String description, boolean graphQl) {

	}

	/**
	 * Reads a predicate of WebFlux. Predicates that are not WebFlux's own are described
	 * by their class, because their own descriptions may differ from run to run.
	 */
	private static final class Predicate implements RequestPredicates.Visitor {

		private final RoutePredicateReader reader;

		/**
		 * Create a reader.
		 * @param nesting whether routes are nested in the predicate
		 */
		Predicate(boolean nesting) {
			this.reader = new RoutePredicateReader(nesting);
		}

		RouteAlternatives alternatives() {
			return this.reader.alternatives();
		}

		String description() {
			return this.reader.description();
		}

		@Override
		public void method(Set<HttpMethod> methods) {
			this.reader.methods(methods.stream().map(HttpMethod::name).toList());
		}

		@Override
		public void path(String pattern) {
			this.reader.path(pattern);
		}

		@Override
		@Deprecated(forRemoval = true)
		@SuppressWarnings("removal")
		public void pathExtension(String extension) {
			this.reader.other("*.", extension);
		}

		@Override
		public void header(String name, String value) {
			this.reader.other(name, ": ", value);
		}

		@Override
		public void queryParam(String name, String value) {
			this.reader.other("?", name, " == ", value);
		}

		@Override
		public void version(String version) {
			this.reader.other("version ", version);
		}

		@Override
		public void startAnd() {
			this.reader.operator("(");
		}

		@Override
		public void and() {
			this.reader.operator(" && ");
		}

		@Override
		public void endAnd() {
			this.reader.endAnd();
		}

		@Override
		public void startOr() {
			this.reader.operator("(");
		}

		@Override
		public void or() {
			this.reader.operator(" || ");
		}

		@Override
		public void endOr() {
			this.reader.endOr();
		}

		@Override
		public void startNegate() {
			this.reader.operator("!");
		}

		@Override
		public void endNegate() {
			this.reader.endNegate();
		}

		@Override
		public void unknown(RequestPredicate predicate) {
			this.reader.unknown(predicate.getClass(), RequestPredicates.class);
		}

	}

}
