package dev.authstarter.access.inventory;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.authstarter.CurrentOrganization;
import dev.authstarter.access.AuthorityPrefixes;
import dev.authstarter.access.CallerRules;
import dev.authstarter.access.GrantHierarchy;
import dev.authstarter.access.PathRules;
import dev.authstarter.access.PublicPaths;
import dev.authstarter.access.declaration.BeanDeclarations;
import dev.authstarter.access.declaration.DeclaredRules;
import dev.authstarter.access.declaration.FrameworkTypes;
import dev.authstarter.access.declaration.PathRulesFactory;
import dev.authstarter.access.declaration.PublicPathsFactory;
import dev.authstarter.access.interception.AuthorizationFirst;
import dev.authstarter.access.interception.DeferredCalls;
import dev.authstarter.access.interception.HandlerRules;
import dev.authstarter.access.interception.Interception;
import dev.authstarter.access.interception.RuleEnforcementCheck;
import dev.authstarter.access.interception.RuleInterceptor;
import dev.authstarter.access.interception.RulePointcut;
import dev.authstarter.access.interception.StockAdvisor;
import dev.authstarter.access.interception.TestDoubles;
import dev.authstarter.authentication.AccessTokenReader;
import dev.authstarter.configuration.AuthStarterAutoConfiguration;
import dev.authstarter.configuration.AuthStarterProperties;
import jakarta.annotation.security.RolesAllowed;

import org.springframework.aop.config.AopConfigUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.boot.web.context.reactive.ReactiveWebApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.authorization.method.AuthorizationAdvisor;
import org.springframework.security.authorization.method.AuthorizationInterceptorsOrder;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.util.ClassUtils;
import org.springframework.web.context.WebApplicationContext;

/**
 * Auto-configuration of access rules: what each handler, route and bean requires of its
 * caller.
 */
@AutoConfiguration(after = AuthStarterAutoConfiguration.class)
@Import(AccessAutoConfiguration.Proxies.class)
public final class AccessAutoConfiguration {

	private static final boolean MVC = ClassUtils.isPresent("org.springframework.web.servlet.DispatcherServlet",
			AccessAutoConfiguration.class.getClassLoader());

	private static final boolean WEBFLUX = ClassUtils.isPresent("org.springframework.web.reactive.DispatcherHandler",
			AccessAutoConfiguration.class.getClassLoader());

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static DeclaredRules declaredRules(Environment environment) {
		return new DeclaredRules(AuthorityPrefixes.of(environment));
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static RulePointcut rulePointcut(DeclaredRules rules, FrameworkTypes framework, ApplicationContext context) {
		return new RulePointcut(rules, framework, (MVC && context instanceof WebApplicationContext)
				|| (WEBFLUX && context instanceof ReactiveWebApplicationContext));
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static DefaultPointcutAdvisor ruleAdvisor(RulePointcut pointcut, DeclaredRules rules,
			ObjectProvider<CallerRules> callers, ObjectProvider<DeferredCalls> deferred) {
		DefaultPointcutAdvisor advisor = new DefaultPointcutAdvisor(pointcut,
				new RuleInterceptor(rules, callers::getObject, () -> Optional.ofNullable(deferred.getIfAvailable())));
		advisor.setOrder(AuthorizationInterceptorsOrder.PRE_AUTHORIZE.getOrder() - 1);
		return advisor;
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static FrameworkTypes frameworkTypes(BeanFactory beans) {
		return new FrameworkTypes(
				AutoConfigurationPackages.has(beans) ? AutoConfigurationPackages.get(beans) : List.of());
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static TestDoubles testDoubles() {
		return new TestDoubles();
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static Interception interception(RulePointcut pointcut, FrameworkTypes framework,
			ConfigurableListableBeanFactory beans) {
		return new Interception(pointcut, framework, beans.containsBeanDefinition("preAuthorizeAspect$0"));
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static RuleEnforcementCheck ruleCheck(ConfigurableListableBeanFactory beans, Interception interception,
			TestDoubles testDoubles) {
		return new RuleEnforcementCheck(beans, interception, testDoubles);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static AuthorizationFirst authorizationFirst() {
		return new AuthorizationFirst();
	}

	@Bean
	CallerRules callerRules(AccessTokenReader accessTokens, CurrentOrganization acting,
			ObjectProvider<RoleHierarchy> hierarchy, Environment environment) {
		RoleHierarchy roles = hierarchy.getIfAvailable();
		return new CallerRules(accessTokens, acting,
				(roles != null) ? new GrantHierarchy(roles, AuthorityPrefixes.of(environment)) : null);
	}

	@Bean
	HandlerRules handlerRules(DeclaredRules rules, Interception interception) {
		return new HandlerRules(rules, interception);
	}

	@Bean
	BeanDeclarations beanDeclarations(ConfigurableListableBeanFactory beans, DeclaredRules rules) {
		return new BeanDeclarations(beans, rules);
	}

	@Bean
	PublicPaths publicPaths(AuthStarterProperties properties) {
		return new PublicPathsFactory(properties.publicPaths()).create();
	}

	@Bean
	PathRules pathRules(AuthStarterProperties properties) {
		return new PathRulesFactory(properties.rules()).create();
	}

	@Bean
	EntryPointInventory handlerInventory(ObjectProvider<EntryPoints> others, ObjectProvider<HandlerPlacements> chains,
			BeanDeclarations beans, PathRules pathRules, AuthStarterProperties properties) {
		HandlerPlacements placements = chains.getIfAvailable();
		List<EntryPoints> ofLibraries = List.of(new GraphQlFields(beans), new MessageMethods(beans),
				new MessageListeners(beans), new GrpcServices(beans), new ResourceClasses(beans),
				new ExportedRepositories(beans, (placements != null) ? placements.prefix() : ""));
		return new EntryPointInventory(() -> Stream.concat(ofLibraries.stream(), others.stream()).toList(), placements,
				beans, pathRules, properties.undeclaredHandlers());
	}

	@Bean
	EntryPointCheck entryPointCheck(EntryPointInventory inventory, PathRules pathRules,
			ObjectProvider<HandlerPlacements> chains, AuthStarterProperties properties) {
		return new EntryPointCheck(inventory, chains.getIfAvailable(), properties.undeclaredHandlers());
	}

	/**
	 * Spring Security's annotations on methods, as far as the application does not switch
	 * them on itself. Spring Security configures its interceptors. Their advisors are
	 * made here, under the names of Spring Security's own, which it then leaves out.
	 */
	@Configuration(proxyBeanMethods = false)
	@Conditional(NotReactive.class)
	static final class MethodSecurityConfiguration {

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
			return new StockAdvisor(beans.getBean(name + INTERCEPTOR, AuthorizationAdvisor.class),
					beans.getBean(FrameworkTypes.class));
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
			 * Spring Security's own advisor is present if the application enabled other
			 * annotations.
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

	/**
	 * WebFlux applications have other interceptors, which would not be created beside
	 * these.
	 */
	static final class NotReactive extends NoneNestedConditions {

		NotReactive() {
			super(ConfigurationPhase.REGISTER_BEAN);
		}

		@ConditionalOnWebApplication(type = Type.REACTIVE)
		static class Reactive {

		}

	}

	/**
	 * Enables proxies regardless of {@code spring.aop.auto}: without them, rules of beans
	 * would not be enforced.
	 */
	static final class Proxies implements ImportBeanDefinitionRegistrar {

		@Override
		public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
			AopConfigUtils.registerAutoProxyCreatorIfNecessary(registry);
		}

	}

}
