package dev.authstarter.test.coverage;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Contexts that are created while coverage is not counted do not change.
 */
final class WhileCounting implements Condition {

	@Override
	public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
		return Tries.ofThisJvm().isCounting();
	}

}
