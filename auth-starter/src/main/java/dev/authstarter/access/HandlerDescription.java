package dev.authstarter.access;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import dev.authstarter.CallerType;
import dev.authstarter.RequiresCaller.Delegation;

/**
 * An entry point: something that requests are mapped to, or that is called from outside
 * in another way.
 *
 * @param kind what it is
 * @param methods names of the HTTP methods; empty for all, or where there are none
 * @param patterns the path patterns; empty where only other things decide
 * @param name what handles it, for people: a class and its method, a route, a bean
 * @param rule what it demands of its caller, for people; empty if it says nothing
 * @param undeclared whether it is the application's own and says nothing about its
 * callers
 * @param organizationScoped whether it is reached only in an organization of the token
 * @param open whether it is public: by its own declaration, or by the configuration where
 * it declares nothing
 * @param enforced whether callers are held to rules there, and refused where undeclared
 * handlers are denied
 * @param demands what it demands of its caller, for programs; nothing for rules that
 * Spring Security decides
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
	 * What a caller needs. Of each list every entry is needed, and of an entry one name
	 * is enough; the narrowest comes first.
	 *
	 * @param scopes names of scopes
	 * @param roles names of roles, in the acting organization or everywhere
	 * @param permissions names of permissions, in the acting organization or everywhere
	 * @param callers kinds of callers that may call
	 * @param delegation whether another party must or must not act for the subject
	 * @param actors the parties of which one must act, by their {@code sub}; empty for
	 * any
	 */
	public record Demands(List<List<String>> scopes, List<List<String>> roles, List<List<String>> permissions,
			Set<CallerType> callers, Delegation delegation, Set<String> actors) {

		/**
		 * Copy the lists.
		 */
		public Demands {
			scopes = copy(scopes);
			roles = copy(roles);
			permissions = copy(permissions);
			callers = Collections.unmodifiableSet(new TreeSet<>(callers));
			actors = Collections.unmodifiableSet(new TreeSet<>(actors));
		}

		/**
		 * Demand nothing of actors.
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
	 * What a handler is.
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

		/** A servlet beside Spring MVC's. */
		SERVLET,

		/** A repository that Spring Data REST exports. */
		REPOSITORY,

		/** A method or a whole service of gRPC. */
		CALL,

		/** A class with resource methods of Jakarta REST. */
		RESOURCE_CLASS,

		/** A method that a message broker delivers to. */
		LISTENER,

		/** An actuator endpoint. */
		ENDPOINT,

		/** Static resources. */
		RESOURCE,

		/** Anything else, for example the error page or a request handler. */
		OTHER

	}

}
