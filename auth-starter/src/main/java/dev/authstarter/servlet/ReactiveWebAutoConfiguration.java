package dev.authstarter.servlet;

import dev.authstarter.configuration.AccessRuleException;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of WebFlux applications: they do not start, since none of the
 * filters and guards of this library would stand before their handlers.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = Type.REACTIVE)
public final class ReactiveWebAutoConfiguration {

	/** Before any bean is made, so that no other complaint comes first. */
	@Bean
	static BeanFactoryPostProcessor reactiveWebStop() {
		return (beans) -> {
			throw new AccessRuleException(
					"This is a WebFlux application, and auth-starter protects only applications on the servlet stack: "
							+ "token policy, rules and organizations would not be enforced here.",
					"Use 'spring-boot-starter-webmvc' (or set 'spring.main.web-application-type' to 'servlet' where "
							+ "both stacks are on the class path), or remove auth-starter.");
		};
	}

}
