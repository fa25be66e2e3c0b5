package dev.authstarter.refusal;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/**
 * Matches if a resource is configured. An empty value counts as not configured, unlike in
 * Spring Boot's own condition.
 */
public final class ResourceCondition extends SpringBootCondition {

	private static final String PROPERTY = "auth-starter.resource-metadata.resource";

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition("Resource");
		return StringUtils.hasText(context.getEnvironment().getProperty(PROPERTY))
				? ConditionOutcome.match(message.foundExactly("the property " + PROPERTY))
				: ConditionOutcome.noMatch(message.didNotFind("the property " + PROPERTY).atAll());
	}

}
