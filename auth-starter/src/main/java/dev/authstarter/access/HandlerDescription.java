package dev.authstarter.access;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import dev.authstarter.CallerType;
import dev.authstarter.RequiresCaller.Delegation;

/**
 * The description of an entry point: a handler of requests, messages or calls.
 *
 * @param kind the kind of entry point
 * @param methods names of the HTTP methods; empty for all methods and for entry points
 * outside of HTTP
 * @param patterns the path patterns; empty if it is not selected by path
 * @param name the name of the handler, for reports: a class and its method, a route, a
 * bean
 * @param rule its rule as text, for reports; empty if it has none
 * @param undeclared whether it is the application's own and has no rule
 * @param organizationScoped whether it can only be called in an organization of the token
 * @param open whether it is public: by its own declaration, or by the configuration if it
 * declares nothing
 * @param enforced whether rules, and the denial of undeclared handlers, are enforced
 * there
 * @param demands its requirements as data; empty for rules that Spring Security decides
 */
public record HandlerDescription(Kind kind, Set<String> methods, Set<String> patterns, String name, String rule,
		boolean undeclared, boolean organizationScoped, boolean open, boolean enforced, Demands demands) {

	/**
	 * Copy the sets, in alphabetical order.
	 */
	public HandlerDescription {
		methods = Collections.unmodifiableSet(new TreeSet<>(methods));
		patterns = Collections.unmodifiableSet(new TreeSet<>(patterns));
	}

	/**
	 * What a caller needs. Every entry of a list is required; of each entry one name is
	 * enough. The narrowest name comes first.
	 *
	 * @param scopes names of scopes
	 * @param roles names of roles, in the acting organization or everywhere
	 * @param permissions names of permissions, in the acting organization or everywhere
	 * @param callers caller types that may call
	 * @param delegation whether an actor is required, allowed or forbidden
	 * @param actors the accepted actors, by their {@code sub}; empty for any
	 */
	public record Demands(List<List<String>> scopes, List<List<String>> roles, List<List<String>> permissions,
			Set<CallerType> callers, Delegation delegation, Set<String> actors) {

		public Demands {
			scopes = copy(scopes);
			roles = copy(roles);
			permissions = copy(permissions);
			callers = Collections.unmodifiableSet(new TreeSet<>(callers));
			actors = Collections.unmodifiableSet(new TreeSet<>(actors));
		}

		/**
		 * Create demands without a requirement for actors.
		 */
		public Demands(List<List<String>> scopes, List<List<String>> roles, List<List<String>> permissions,
				Set<CallerType> callers) {
			this(scopes, roles, permissions, callers, Delegation.ALLOWED, Set.of());
		}

		private static List<List<String>> copy(List<List<String>> choices) {
			return choices.stream().map(List::copyOf).toList();
		}

	}

	/**
	 * The kind of an entry point.
	 */
	public enum Kind {

		/** A method of a controller of the application. */
		CONTROLLER,

		/** A route of a router function. */
		ROUTE,

		/** A field of a GraphQL schema. */
		QUERY,

		/** A method that messages of STOMP or RSocket are mapped to. */
		MESSAGE,

		/** A WebSocket handler, by the path of its handshake. */
		SOCKET,

		/** A servlet other than Spring MVC's. */
		SERVLET,

		/** A repository that Spring Data REST exports. */
		REPOSITORY,

		/** A method or a whole service of gRPC. */
		CALL,

		/** A class with resource methods of Jakarta REST. */
		RESOURCE_CLASS,

		/** A listener method for messages of a broker. */
		LISTENER,

		/** An actuator endpoint. */
		ENDPOINT,

		/** Static resources. */
		RESOURCE,

		/** Anything else, for example the error page or a request handler. */
		OTHER

	}

}
