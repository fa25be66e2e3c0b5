package dev.authstarter.sample.page;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Checks whether the browser is installed.
 */
final class BrowserCondition implements ExecutionCondition {

	private static final String MISSING = "There is no chromium or no chromedriver on the PATH";

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		if (Browser.isInstalled()) {
			return ConditionEvaluationResult.enabled("Chromium is installed");
		}
		if (Boolean.parseBoolean(System.getenv("CI"))) {
			throw new IllegalStateException(MISSING + ", and CI=true says that there is");
		}
		System.out.println("The browser tests were skipped: " + MISSING + ".");
		return ConditionEvaluationResult.disabled(MISSING);
	}

}
