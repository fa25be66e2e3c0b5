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
	 * List what is allowed about handlers and their rules and yet rarely meant.
	 * @return a sentence each
	 */
	default List<String> warnings() {
		return List.of();
	}

	/**
	 * List where handlers of the application without a rule are placed that are not
	 * simply for every caller with a token.
	 * @return those that a filter chain takes which reads no access tokens, and those
	 * that strangers may reach although no public path opens them
	 */
	default List<Placement> placements() {
		return List.of();
	}

	/**
	 * Which filter chain takes the requests for a pattern of a handler.
	 *
	 * @param handler the handler, which has no rule
	 * @param pattern one of its patterns
	 * @param chain what takes its requests, for people
	 * @param readsTokens whether access tokens may count there
	 * @param open whether strangers pass
	 */
	record Placement(HandlerDescription handler, String pattern, String chain, boolean readsTokens, boolean open) {

	}

}
