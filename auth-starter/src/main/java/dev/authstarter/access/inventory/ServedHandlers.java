package dev.authstarter.access.inventory;

import dev.authstarter.access.HandlerCall;
import dev.authstarter.access.Rule;

/**
 * Entry points that are guarded on every request.
 */
public interface ServedHandlers extends EntryPoints {

	/**
	 * Return whether neither this handler nor the handlers behind it declare their
	 * callers. Not called if a path rule applies.
	 * @param call the call, of a handler of any kind
	 * @param rule its own rule
	 * @param all every entry point
	 */
	boolean isUndeclared(HandlerCall call, Rule rule, EntryPointInventory all);

	/** Whether a handler is what Spring Boot dispatches all errors to. */
	default boolean isErrorPage(Object handler) {
		return false;
	}

}
