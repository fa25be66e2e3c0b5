package dev.authstarter.access;

import dev.authstarter.AccessToken;
import dev.authstarter.CurrentOrganization;
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

	private final CurrentOrganization acting;

	RuleGuard(HandlerRules rules, MvcHandlerInventory inventory, CurrentOrganization acting) {
		this.rules = rules;
		this.inventory = inventory;
		this.acting = acting;
	}

	@Override
	public @Nullable Refusal refuse(Object handler, HttpServletRequest request, @Nullable AccessToken caller) {
		Rule rule = this.rules.of(handler);
		if (this.inventory.denies(handler, rule, request)) {
			return Refusal.of(Reason.ACCESS_DENIED);
		}
		return rule.refuse(caller, this.acting.find());
	}

}
