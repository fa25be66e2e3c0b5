package dev.authstarter.access.inventory;

import java.util.Collection;
import java.util.List;
import java.util.Set;

import dev.authstarter.access.HandlerDescription;
import dev.authstarter.access.inventory.HandlerInventory.Placement;
import org.jspecify.annotations.Nullable;

/**
 * Finds the filter chains that match the requests for handlers.
 */
public interface HandlerPlacements {

	/**
	 * Return why no access token can be presented to a handler.
	 * @param methods names of HTTP methods, empty for all
	 * @param patterns the patterns of its paths
	 * @return the filter chain that matches its requests, or {@code null} if a token may
	 * be read
	 */
	@Nullable String obstacle(Set<String> methods, Collection<String> patterns);

	/**
	 * Return whether the library's own chain may match requests for a handler.
	 * @param handler the handler
	 * @return whether it may, for one of its patterns and methods
	 */
	boolean mayBeOwn(HandlerDescription handler);

	/**
	 * Return whether an access token may be read from a request for a handler.
	 * @param method the HTTP method
	 * @param pattern the path pattern of the handler
	 * @return whether a chain that may read tokens handles it, or no chain does
	 */
	boolean mayReadTokens(String method, String pattern);

	/**
	 * Return whether every chain that may handle a request admits anonymous callers.
	 * @param method the HTTP method
	 * @param pattern the path pattern of the handler
	 * @param open whether the handler is public in the chain of this library
	 * @return whether they do, so that only the access rules are left
	 */
	boolean admitAnonymous(String method, String pattern, boolean open);

	/**
	 * Return the path below which the patterns of all handlers are matched.
	 * @return a path without a slash at its end, which paths of rules include; empty for
	 * none
	 */
	String prefix();

	/**
	 * List the patterns of a handler without a rule that are not in a closed chain that
	 * reads tokens.
	 * @param handler the handler
	 * @return a placement for each pattern and chain
	 */
	List<Placement> placements(HandlerDescription handler);

}
