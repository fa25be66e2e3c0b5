package dev.authstarter.access;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * Something that requests are mapped to.
 *
 * @param kind what it is
 * @param methods names of the HTTP methods; empty for all
 * @param patterns the path patterns; empty where only other things decide
 * @param name what handles it, for people: a class and its method, a route, a bean
 * @param rule what it demands of its caller, for people; empty if it says nothing
 * @param undeclared whether it is the application's own and says nothing about its
 * callers
 * @param organizationScoped whether it is reached only in an organization of the token
 */
public record Handler(Kind kind, Set<String> methods, Set<String> patterns, String name, String rule,
		boolean undeclared, boolean organizationScoped) {

	/**
	 * Copy the sets, in alphabetical order.
	 */
	public Handler {
		methods = Collections.unmodifiableSet(new TreeSet<>(methods));
		patterns = Collections.unmodifiableSet(new TreeSet<>(patterns));
	}

	/**
	 * What a handler is.
	 */
	public enum Kind {

		/** A method of a controller of the application. */
		CONTROLLER,

		/** A route of a router function. */
		ROUTE,

		/** An actuator endpoint. */
		ENDPOINT,

		/** Static resources. */
		RESOURCE,

		/** Anything else, for example the error page or a request handler. */
		OTHER

	}

}
