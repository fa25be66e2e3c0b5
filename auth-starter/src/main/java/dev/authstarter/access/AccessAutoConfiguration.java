package dev.authstarter.access;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Auto-configuration of access rules: what each handler demands of its caller.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = Type.SERVLET)
@ConditionalOnClass({ HandlerMethod.class, HandlerMapping.class })
public final class AccessAutoConfiguration {

	/** After the organization, in which roles count. */
	@Bean
	@Order(200)
	RuleGuard ruleGuard() {
		return new RuleGuard(new HandlerRules());
	}

}
