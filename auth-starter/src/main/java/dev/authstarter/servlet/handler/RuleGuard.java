package dev.authstarter.servlet.handler;

import java.util.List;

import dev.authstarter.AccessToken;
import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import dev.authstarter.access.CallerRules;
import dev.authstarter.access.HandlerGuard;
import dev.authstarter.access.PathRule;
import dev.authstarter.access.PathRules;
import dev.authstarter.access.Rule;
import dev.authstarter.access.interception.HandlerRules;
import dev.authstarter.access.inventory.EntryPointInventory;
import dev.authstarter.access.inventory.ServedHandlers;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Holds every caller to the rule of the handler and to those of its path.
 */
public final class RuleGuard implements HandlerGuard {

	private final HandlerRules rules;

	private final PathRules pathRules;

	private final EntryPointInventory inventory;

	private final CallerRules callers;

	private final List<ServedHandlers> served;

	public RuleGuard(HandlerRules rules, PathRules pathRules, EntryPointInventory inventory, CallerRules callers,
			List<ServedHandlers> served) {
		this.rules = rules;
		this.pathRules = pathRules;
		this.inventory = inventory;
		this.callers = callers;
		this.served = served;
	}

	@Override
	public @Nullable Refusal refuse(Object handler, HttpServletRequest request, @Nullable AccessToken caller) {
		Rule rule = this.rules.of(handler);
		List<PathRule> byPath = byPath(request);
		if (byPath.isEmpty() && isDenied(handler, rule, request)) {
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

	private List<PathRule> byPath(HttpServletRequest request) {
		return this.pathRules.isEmpty() ? List.of()
				: this.pathRules.of(request.getMethod(), RequestedPaths.of(request));
	}

	private boolean isDenied(Object handler, Rule rule, HttpServletRequest request) {
		return this.inventory.denies() && this.served.stream()
			.anyMatch((handlers) -> handlers.isUndeclared(handler, rule, request, this.inventory));
	}

	/** A handler that the configuration closes stays so, but for error pages by trade. */
	@Override
	public boolean guardsAfterError(Object handler, HttpServletRequest request) {
		Rule rule = this.rules.of(handler);
		if (rule != Rule.NONE && rule != Rule.STOCK) {
			return true;
		}
		boolean errorPage = this.served.stream().anyMatch((handlers) -> handlers.isErrorPage(handler));
		return !errorPage && (!byPath(request).isEmpty() || isDenied(handler, rule, request));
	}

}
