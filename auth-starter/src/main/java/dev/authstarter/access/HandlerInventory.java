package dev.authstarter.access;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Everything that requests are mapped to. A bean, complete when the application has
 * started.
 */
public interface HandlerInventory {

	/**
	 * List the handlers.
	 * @return all of them, by path
	 */
	List<Handler> handlers();

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
	 * Tell whether a handler is open to machines whose token names no organization.
	 * @param handler what Spring MVC will call
	 * @return whether its rule says so
	 */
	boolean allowsMachineWithoutOrganization(Object handler);

}
