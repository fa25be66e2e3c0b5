package dev.authstarter.access.inventory;

import dev.authstarter.access.HandlerCall;
import dev.authstarter.access.Rule;

/**
 * Entry points that guards stand before, one request at a time.
 */
public interface ServedHandlers extends EntryPoints {

	/**
	 * Whether this handler says nothing about its callers, and neither does what it leads
	 * to. Not asked where a rule by path holds.
	 * @param call what is called, of any kind, and with what
	 * @param rule its own rule
	 * @param all every entry point
	 */
	boolean isUndeclared(HandlerCall call, Rule rule, EntryPointInventory all);

	/** Whether a handler is what Spring Boot dispatches all errors to. */
	default boolean isErrorPage(Object handler) {
		return false;
	}

}
