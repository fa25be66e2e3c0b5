package dev.authstarter.access;

import dev.authstarter.CurrentOrganization;
import dev.authstarter.Refusal;
import dev.authstarter.claims.AccessTokenReader;

import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Holds the current caller to a rule, wherever the code runs.
 */
final class CallerRules {

	private final AccessTokenReader accessTokens;

	private final CurrentOrganization acting;

	CallerRules(AccessTokenReader accessTokens, CurrentOrganization acting) {
		this.accessTokens = accessTokens;
		this.acting = acting;
	}

	/**
	 * Let the caller pass or throw.
	 * @throws RuleRefusedException if the rule is not fulfilled
	 */
	void hold(Rule rule) {
		Refusal refusal = rule.refuse(this.accessTokens.read(SecurityContextHolder.getContext().getAuthentication()),
				this.acting.find());
		if (refusal != null) {
			throw new RuleRefusedException(refusal);
		}
	}

}
