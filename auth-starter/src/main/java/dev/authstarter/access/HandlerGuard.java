package dev.authstarter.access;

import dev.authstarter.AccessToken;
import dev.authstarter.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a caller may reach a handler, before its arguments are bound and the
 * body is read. Guards are called in their order; the first refusal is the answer. A
 * guard without an order is the last.
 */
@FunctionalInterface
public interface HandlerGuard {

	/**
	 * The order of the guard that finds the organization of the request. Guards behind it
	 * know the organization.
	 */
	int ORGANIZATION_ORDER = 100;

	/**
	 * The order of the guard that enforces the rules of handlers. Guards behind it see
	 * callers that the rule lets pass.
	 */
	int RULE_ORDER = 200;

	/**
	 * Decide.
	 * @param call what is called, and with what
	 * @param caller the caller's token, or {@code null} for an anonymous caller
	 * @return {@code null} to let the caller pass, otherwise why not
	 */
	@Nullable Refusal refuse(HandlerCall call, @Nullable AccessToken caller);

	/**
	 * Tell whether the guard has a rule for a handler that an error leads to. Without one
	 * of any guard the handler is an error page that everybody may see, and no guard is
	 * asked to {@link #refuse}.
	 * @param call what is called, and with what
	 * @return whether it has
	 */
	default boolean guardsAfterError(HandlerCall call) {
		return false;
	}

}
