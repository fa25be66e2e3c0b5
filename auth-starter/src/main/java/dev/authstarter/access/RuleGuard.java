package dev.authstarter.access;

import dev.authstarter.AccessToken;
import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import dev.authstarter.web.HandlerGuard;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Holds every caller to the rule of the handler.
 */
final class RuleGuard implements HandlerGuard {

	private final HandlerRules rules;

	private final MvcHandlerInventory inventory;

	private final CallerRules callers;

	RuleGuard(HandlerRules rules, MvcHandlerInventory inventory, CallerRules callers) {
		this.rules = rules;
		this.inventory = inventory;
		this.callers = callers;
	}

	@Override
	public @Nullable Refusal refuse(Object handler, HttpServletRequest request, @Nullable AccessToken caller) {
		Rule rule = this.rules.of(handler);
		if (this.inventory.denies(handler, rule, request)) {
			return Refusal.of(Reason.ACCESS_DENIED);
		}
		return this.callers.refuse(rule, caller);
	}

	/** A handler that the configuration closes stays so, but for error pages by trade. */
	@Override
	public boolean guardsAfterError(Object handler, HttpServletRequest request) {
		Rule rule = this.rules.of(handler);
		return (rule != Rule.NONE && rule != Rule.STOCK)
				|| (this.inventory.denies(handler, rule, request) && !this.inventory.isErrorPage(handler));
	}

}
