package dev.authstarter.configuration;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Reports rules that are missing or cannot be enforced, and the action.
 */
final class AccessRuleFailureAnalyzer extends AbstractFailureAnalyzer<AccessRuleException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, AccessRuleException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.action(), cause);
	}

}
