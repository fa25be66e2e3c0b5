package dev.authstarter.access.inventory;

import dev.authstarter.access.Rule;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Entry points that guards stand before, one request at a time.
 */
public interface ServedHandlers extends EntryPoints {

	/**
	 * Whether this handler says nothing about its callers, and neither does what it leads
	 * to. Not asked where a rule by path holds.
	 * @param handler what is about to be called, of any kind
	 * @param rule its own rule
	 * @param all every entry point
	 */
	boolean isUndeclared(Object handler, Rule rule, HttpServletRequest request, EntryPointInventory all);

	/** Whether a handler is what Spring Boot dispatches all errors to. */
	default boolean isErrorPage(Object handler) {
		return false;
	}

}
