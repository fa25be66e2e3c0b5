package dev.authstarter.access.inventory;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import dev.authstarter.access.HandlerDescription;

/**
 * Every entry point of the application. A bean, complete when the application has
 * started.
 */
public interface HandlerInventory {

	/**
	 * List the handlers.
	 * @return all of them, by path
	 */
	List<HandlerDescription> handlers();

	/**
	 * List the scopes that the rules of handlers name, also those of which one is enough.
	 * Stock annotations such as {@code @PreAuthorize} are not read.
	 * @return their names, in alphabetical order
	 */
	default Set<String> scopes() {
		Set<String> scopes = new TreeSet<>();
		handlers().forEach((handler) -> handler.demands().scopes().forEach(scopes::addAll));
		return Collections.unmodifiableSet(scopes);
	}

	/**
	 * List declarations of handlers that are allowed but rarely intended.
	 * @return a sentence each
	 */
	default List<String> warnings() {
		return List.of();
	}

	/**
	 * List the placements of handlers of the application that have no rule and are not
	 * simply open to every caller with a token.
	 * @return those in a filter chain that reads no access tokens, and those that can be
	 * reached without a token although no public path contains them
	 */
	default List<Placement> placements() {
		return List.of();
	}

	/**
	 * The filter chain that matches the requests for a pattern of a handler.
	 *
	 * @param handler the handler, which has no rule
	 * @param pattern one of its patterns
	 * @param chain the description of the filter chain
	 * @param readsTokens whether the chain may read access tokens
	 * @param open whether requests without a token are permitted
	 */
	record Placement(HandlerDescription handler, String pattern, String chain, boolean readsTokens, boolean open) {

	}

}
