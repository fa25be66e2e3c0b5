package dev.authstarter.access;

import dev.authstarter.AccessToken;
import dev.authstarter.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a caller may reach a handler, before its arguments are bound and the
 * body is read. Guards are called in their order; the first refusal is answered. A guard
 * without an order is called last.
 */
@FunctionalInterface
public interface HandlerGuard {

	/**
	 * The order of the guard that finds the organization of the request. Guards with a
	 * higher order can read the organization.
	 */
	int ORGANIZATION_ORDER = 100;

	/**
	 * The order of the guard that enforces the rules of handlers. Guards with a higher
	 * order see only callers that satisfy the rule.
	 */
	int RULE_ORDER = 200;

	/**
	 * Decide whether the caller may call the handler.
	 * @param call the call
	 * @param caller the caller's token, or {@code null} for an anonymous caller
	 * @return the refusal, or {@code null} to allow the call
	 */
	@Nullable Refusal refuse(HandlerCall call, @Nullable AccessToken caller);

	/**
	 * Return whether the guard has a rule for a handler of an error dispatch. If no guard
	 * has one, the handler is a public error page and {@link #refuse} is not called.
	 * @param call the call
	 * @return whether it has a rule
	 */
	default boolean guardsAfterError(HandlerCall call) {
		return false;
	}

}
