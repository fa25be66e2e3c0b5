package dev.authstarter.access;

import dev.authstarter.AccessToken;
import dev.authstarter.Organization;
import dev.authstarter.Refusal;
import dev.authstarter.web.HandlerGuard;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Holds every caller to the rule of the handler.
 */
final class RuleGuard implements HandlerGuard {

	private final HandlerRules rules;

	RuleGuard(HandlerRules rules) {
		this.rules = rules;
	}

	@Override
	public @Nullable Refusal refuse(Object handler, HttpServletRequest request, @Nullable AccessToken caller) {
		Organization acting = (request.getAttribute(Organization.class.getName()) instanceof Organization organization)
				? organization : null;
		return this.rules.ruleOf(handler).refuse(caller, acting);
	}

}
