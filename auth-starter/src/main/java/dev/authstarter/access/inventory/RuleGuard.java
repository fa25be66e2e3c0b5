package dev.authstarter.access.inventory;

import java.util.List;

import dev.authstarter.AccessToken;
import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import dev.authstarter.access.CallerRules;
import dev.authstarter.access.HandlerCall;
import dev.authstarter.access.HandlerGuard;
import dev.authstarter.access.PathRule;
import dev.authstarter.access.PathRules;
import dev.authstarter.access.Rule;
import dev.authstarter.access.interception.HandlerRules;
import dev.authstarter.configuration.UndeclaredHandlers;
import org.jspecify.annotations.Nullable;

/**
 * Enforces the rule of the handler and the rules of its path.
 */
public final class RuleGuard implements HandlerGuard {

	private final HandlerRules rules;

	private final PathRules pathRules;

	private final EntryPointInventory inventory;

	private final CallerRules callers;

	private final List<ServedHandlers> served;

	private final boolean deny;

	public RuleGuard(HandlerRules rules, PathRules pathRules, EntryPointInventory inventory, CallerRules callers,
			List<ServedHandlers> served, UndeclaredHandlers undeclared) {
		this.rules = rules;
		this.pathRules = pathRules;
		this.inventory = inventory;
		this.callers = callers;
		this.served = served;
		this.deny = undeclared == UndeclaredHandlers.DENY;
	}

	@Override
	public @Nullable Refusal refuse(HandlerCall call, @Nullable AccessToken caller) {
		Rule rule = this.rules.of(call.handler());
		if (caller == null && rule != Rule.PUBLIC && call.isAdmittedForPublicHandler()) {
			return Refusal.of(Reason.MISSING_TOKEN);
		}
		List<PathRule> byPath = byPath(call);
		if (byPath.isEmpty() && isDenied(call, rule)) {
			return Refusal.of(Reason.ACCESS_DENIED);
		}
		for (PathRule one : byPath) {
			Refusal refusal = this.callers.refuse(one.rule(), caller);
			if (refusal != null) {
				return refusal;
			}
		}
		return this.callers.refuse(rule, caller);
	}

	private List<PathRule> byPath(HandlerCall call) {
		return this.pathRules.isEmpty() ? List.of() : this.pathRules.of(call.method(), call.paths());
	}

	private boolean isDenied(HandlerCall call, Rule rule) {
		return this.deny
				&& this.served.stream().anyMatch((handlers) -> handlers.isUndeclared(call, rule, this.inventory));
	}

	/**
	 * Handlers that path rules or the configuration close are also guarded after an
	 * error, except error pages.
	 */
	@Override
	public boolean guardsAfterError(HandlerCall call) {
		Rule rule = this.rules.of(call.handler());
		if (!rule.demandsNothing()) {
			return true;
		}
		boolean errorPage = this.served.stream().anyMatch((handlers) -> handlers.isErrorPage(call.handler()));
		return !errorPage && (!byPath(call).isEmpty() || isDenied(call, rule));
	}

}
