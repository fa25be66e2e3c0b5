package dev.authstarter.organization;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Auto-configuration of organization scoping: no caller of one organization reaches
 * another's data.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = Type.SERVLET)
@ConditionalOnClass(HandlerMapping.class)
public final class OrganizationAutoConfiguration {

	/** Before the rules about roles, which count in the acting organization. */
	@Bean
	@Order(100)
	OrganizationGuard organizationGuard() {
		return new OrganizationGuard();
	}

}
