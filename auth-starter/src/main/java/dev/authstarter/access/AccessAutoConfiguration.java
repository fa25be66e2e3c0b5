package dev.authstarter.access;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import dev.authstarter.AuthStarterAutoConfiguration;
import dev.authstarter.AuthStarterProperties;
import dev.authstarter.CurrentOrganization;
import dev.authstarter.claims.AccessTokenReader;
import dev.authstarter.web.DispatcherServlets;
import dev.authstarter.web.SecurityChains;
import jakarta.annotation.security.RolesAllowed;

import org.springframework.aop.config.AopConfigUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.context.annotation.Role;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.authorization.method.AuthorizationInterceptorsOrder;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.util.ClassUtils;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Auto-configuration of access rules: what each handler, route and bean demands of its
 * caller.
 */
@AutoConfiguration(after = AuthStarterAutoConfiguration.class)
@Import(AccessAutoConfiguration.Proxies.class)
public final class AccessAutoConfiguration {

	private static final String SERVLET_PATH = "${spring.mvc.servlet.path:/}";

	private static final boolean MVC = ClassUtils.isPresent("org.springframework.web.servlet.DispatcherServlet",
			AccessAutoConfiguration.class.getClassLoader());

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static DeclaredRules declaredRules(Environment environment) {
		return new DeclaredRules(AuthorityPrefixes.of(environment));
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static RulePointcut rulePointcut(DeclaredRules rules, ApplicationContext context) {
		return new RulePointcut(rules, MVC && context instanceof WebApplicationContext);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static DefaultPointcutAdvisor ruleAdvisor(RulePointcut pointcut, DeclaredRules rules,
			ObjectProvider<CallerRules> callers) {
		DefaultPointcutAdvisor advisor = new DefaultPointcutAdvisor(pointcut,
				new RuleInterceptor(rules, callers::getObject));
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
	static RuleCheck ruleCheck(ConfigurableListableBeanFactory beans, Interception interception,
			TestDoubles testDoubles) {
		return new RuleCheck(beans, interception, testDoubles);
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

	/**
	 * {@code @PreAuthorize} and its like, unless the application switches them on in its
	 * own way.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(name = "preAuthorizeAuthorizationMethodInterceptor")
	@EnableMethodSecurity
	static class MethodSecurityConfiguration {

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
	PathRules pathRules(AuthStarterProperties properties) {
		return new PathRuleProperties(properties.rules()).judge();
	}

	@Bean
	EntryPointInventory handlerInventory(ObjectProvider<EntryPoints> others, ObjectProvider<HandlerChains> chains,
			BeanDeclarations beans, HandlerRules rules, PathRules pathRules, AuthStarterProperties properties) {
		List<EntryPoints> ofLibraries = List.of(new GraphQlFields(beans), new MessageMethods(beans),
				new MessageListeners(beans), new GrpcServices(beans), new ResourceClasses(beans),
				new ExportedRepositories(beans));
		return new EntryPointInventory(() -> Stream.concat(ofLibraries.stream(), others.stream()).toList(),
				chains.getIfAvailable(), rules, pathRules, properties.undeclaredHandlers());
	}

	@Bean
	InventoryReport inventoryReport(HandlerInventory inventory) {
		return new InventoryReport(inventory);
	}

	private static String prefix(String servletPath) {
		return servletPath.endsWith("/") ? servletPath.substring(0, servletPath.length() - 1) : servletPath;
	}

	/**
	 * What is called by HTTP requests.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = Type.SERVLET)
	static class ServletConfiguration {

		@Bean
		HandlerChains handlerChains(SecurityChains chains) {
			return new HandlerChains(chains);
		}

		@Bean
		ServletEntryPoints servletEntryPoints(WebApplicationContext context, DispatcherServlets dispatchers,
				BeanDeclarations beans, HandlerChains chains, AuthStarterProperties properties,
				@Value(SERVLET_PATH) String servletPath) {
			// Spring Security takes the patterns for paths below that of Spring MVC.
			List<String> publicPaths = properties.publicPaths().stream().map(prefix(servletPath)::concat).toList();
			return new ServletEntryPoints(Objects.requireNonNull(context.getServletContext()), dispatchers, beans,
					chains, new PublicPaths(publicPaths));
		}

		/** After the organization, in which roles count. */
		@Bean
		@Order(200)
		RuleGuard ruleGuard(HandlerRules rules, PathRules pathRules, EntryPointInventory inventory, CallerRules callers,
				ObjectProvider<ServedHandlers> served) {
			return new RuleGuard(rules, pathRules, inventory, callers, served.orderedStream().toList());
		}

	}

	/**
	 * {@code @Secured}, also where the application switches on only others.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(name = "securedAuthorizationMethodInterceptor")
	@EnableMethodSecurity(prePostEnabled = false, securedEnabled = true)
	static class SecuredConfiguration {

	}

	/**
	 * {@code @RolesAllowed}, {@code @DenyAll} and {@code @PermitAll}, also where the
	 * application switches on only others.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(RolesAllowed.class)
	@ConditionalOnMissingBean(name = "jsr250AuthorizationMethodInterceptor")
	@EnableMethodSecurity(prePostEnabled = false, jsr250Enabled = true)
	static class Jsr250Configuration {

	}

	/**
	 * What Spring MVC has mapped.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = Type.SERVLET)
	@ConditionalOnClass({ HandlerMethod.class, HandlerMapping.class })
	static class MvcConfiguration {

		@Bean
		MvcHandlerInventory mvcHandlers(ApplicationContext context, HandlerRules rules, FrameworkTypes framework,
				HandlerChains chains, AuthStarterProperties properties, @Value(SERVLET_PATH) String servletPath) {
			return new MvcHandlerInventory(context, rules, framework, chains, new PublicPaths(properties.publicPaths()),
					properties.organization().pathVariables(), prefix(servletPath));
		}

		/** Rules of routes are made before anybody knows the configuration. */
		@Bean
		SmartInitializingSingleton authorityPrefixCheck(HandlerInventory inventory, Environment environment) {
			AuthorityPrefixes prefixes = AuthorityPrefixes.of(environment);
			return () -> inventory.handlers().forEach((handler) -> prefixes.refuse(handler.name(), handler.demands()));
		}

	}

	/**
	 * Proxies are made whatever {@code spring.aop.auto} says: without them, rules of
	 * beans would be comments.
	 */
	static final class Proxies implements ImportBeanDefinitionRegistrar {

		@Override
		public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
			AopConfigUtils.registerAutoProxyCreatorIfNecessary(registry);
		}

	}

}
