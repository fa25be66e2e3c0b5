package dev.authstarter.access.inventory;

import dev.authstarter.access.interception.StockAdvisor;
import jakarta.annotation.security.RolesAllowed;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.security.authorization.method.AuthorizationAdvisor;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;

/**
 * Spring Security's annotations on methods, as far as the application does not switch
 * them on itself. Spring Security configures its interceptors. Their advisors are made
 * here, under the names of Spring Security's own, which it then leaves out.
 */
@Configuration(proxyBeanMethods = false)
final class MethodSecurityConfiguration {

	private static final String PRE_FILTER = "preFilterAuthorization";

	private static final String PRE_AUTHORIZE = "preAuthorizeAuthorization";

	private static final String POST_FILTER = "postFilterAuthorization";

	private static final String POST_AUTHORIZE = "postAuthorizeAuthorization";

	private static final String SECURED = "securedAuthorization";

	private static final String JSR_250 = "jsr250Authorization";

	private static final String RETURN_OBJECT = "authorizeReturnObject";

	private static final String INTERCEPTOR = "MethodInterceptor";

	private static final String ADVISOR = "Advisor";

	private static StockAdvisor advisor(BeanFactory beans, String name) {
		return new StockAdvisor(beans.getBean(name + INTERCEPTOR, AuthorizationAdvisor.class));
	}

	/**
	 * {@code @PreAuthorize} and its like, and {@code @AuthorizeReturnObject}.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(name = PRE_AUTHORIZE + INTERCEPTOR)
	@EnableMethodSecurity
	static class PrePostConfiguration {

		@Bean(PRE_FILTER + ADVISOR)
		@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
		static StockAdvisor preFilterAdvisor(BeanFactory beans) {
			return advisor(beans, PRE_FILTER);
		}

		@Bean(PRE_AUTHORIZE + ADVISOR)
		@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
		static StockAdvisor preAuthorizeAdvisor(BeanFactory beans) {
			return advisor(beans, PRE_AUTHORIZE);
		}

		@Bean(POST_FILTER + ADVISOR)
		@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
		static StockAdvisor postFilterAdvisor(BeanFactory beans) {
			return advisor(beans, POST_FILTER);
		}

		@Bean(POST_AUTHORIZE + ADVISOR)
		@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
		static StockAdvisor postAuthorizeAdvisor(BeanFactory beans) {
			return advisor(beans, POST_AUTHORIZE);
		}

		/**
		 * Spring Security's is there already where it was asked for other annotations.
		 */
		@Bean(RETURN_OBJECT + ADVISOR)
		@ConditionalOnMissingBean(name = RETURN_OBJECT + ADVISOR)
		@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
		static StockAdvisor returnObjectAdvisor(BeanFactory beans) {
			return advisor(beans, RETURN_OBJECT);
		}

	}

	/**
	 * {@code @Secured}, also where the application switches on only others.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(name = SECURED + INTERCEPTOR)
	@EnableMethodSecurity(prePostEnabled = false, securedEnabled = true)
	static class SecuredConfiguration {

		@Bean(SECURED + ADVISOR)
		@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
		static StockAdvisor securedAdvisor(BeanFactory beans) {
			return advisor(beans, SECURED);
		}

	}

	/**
	 * {@code @RolesAllowed}, {@code @DenyAll} and {@code @PermitAll}, also where the
	 * application switches on only others.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(RolesAllowed.class)
	@ConditionalOnMissingBean(name = JSR_250 + INTERCEPTOR)
	@EnableMethodSecurity(prePostEnabled = false, jsr250Enabled = true)
	static class Jsr250Configuration {

		@Bean(JSR_250 + ADVISOR)
		@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
		static StockAdvisor jsr250Advisor(BeanFactory beans) {
			return advisor(beans, JSR_250);
		}

	}

}
