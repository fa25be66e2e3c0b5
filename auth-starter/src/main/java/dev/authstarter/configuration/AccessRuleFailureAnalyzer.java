package dev.authstarter.configuration;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says whose rule is missing or cannot be enforced, and what to do.
 */
final class AccessRuleFailureAnalyzer extends AbstractFailureAnalyzer<AccessRuleException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, AccessRuleException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.action(), cause);
	}

}
