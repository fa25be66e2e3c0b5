package dev.authstarter.access;

import java.util.List;

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
	 * Tell whether a handler is open to machines whose token names no organization.
	 * @param handler what Spring MVC will call
	 * @return whether its rule says so
	 */
	boolean allowsMachineWithoutOrganization(Object handler);

}
