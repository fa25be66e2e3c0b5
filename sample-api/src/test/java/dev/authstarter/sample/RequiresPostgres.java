package dev.authstarter.sample;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Runs a test only if the environment variable {@code POSTGRES_URL} names a database.
 * Otherwise the test is skipped with a message, or fails if {@code CI} is {@code true}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(RequiresPostgres.Condition.class)
@interface RequiresPostgres {

	/**
	 * Looks into the environment.
	 */
	class Condition implements ExecutionCondition {

		@Override
		public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
			if (System.getenv("POSTGRES_URL") != null) {
				return ConditionEvaluationResult.enabled("POSTGRES_URL is set");
			}
			String reason = "%s needs PostgreSQL, and POSTGRES_URL is not set: see 'PostgreSQL' in sample-api/README.md"
				.formatted(context.getDisplayName());
			if ("true".equals(System.getenv("CI"))) {
				throw new ExtensionConfigurationException(reason);
			}
			System.out.println("SKIPPED: " + reason);
			return ConditionEvaluationResult.disabled(reason);
		}

	}

}
