package dev.authstarter.reactive.startup;

import java.util.Set;

import dev.authstarter.access.CallerRules;
import dev.authstarter.access.HandlerGuard;
import dev.authstarter.access.PathRules;
import dev.authstarter.access.PublicPaths;
import dev.authstarter.access.declaration.BeanDeclarations;
import dev.authstarter.access.declaration.FrameworkTypes;
import dev.authstarter.access.interception.DispatchOrderCheck;
import dev.authstarter.access.interception.HandlerRules;
import dev.authstarter.access.interception.RulePointcut;
import dev.authstarter.access.inventory.AccessAutoConfiguration;
import dev.authstarter.access.inventory.EntryPointInventory;
import dev.authstarter.access.inventory.MappedHandlers;
import dev.authstarter.access.inventory.RuleGuard;
import dev.authstarter.access.inventory.ServedHandlers;
import dev.authstarter.configuration.AuthStarterProperties;
import dev.authstarter.reactive.argument.FluxArgumentCheck;
import dev.authstarter.reactive.context.ReactiveCalls;
import dev.authstarter.reactive.handler.GuardedHandlerAdapter;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.security.config.annotation.method.configuration.EnableReactiveMethodSecurity;
import org.springframework.util.ClassUtils;
import org.springframework.web.reactive.HandlerAdapter;

/**
 * Auto-configuration of the inventory of a WebFlux application's handlers, of the checks
 * that their rules can be enforced, and of the guard that enforces them.
 */
@AutoConfiguration(after = AccessAutoConfiguration.class)
@ConditionalOnWebApplication(type = Type.REACTIVE)
@ConditionalOnClass(HandlerAdapter.class)
public final class ReactiveHandlerAutoConfiguration {

	private static final boolean PROPAGATION = ClassUtils.isPresent("io.micrometer.context.ContextRegistry",
			ReactiveHandlerAutoConfiguration.class.getClassLoader());

	@Bean
	OneChain handlerPlacements() {
		return new OneChain();
	}

	@Bean
	FluxHandlerInventory fluxHandlers(ApplicationContext context, HandlerRules rules, FrameworkTypes framework,
			PublicPaths publicPaths, AuthStarterProperties properties) {
		return new FluxHandlerInventory(context,
				new MappedHandlers(rules, framework, publicPaths, properties.organization().pathVariables(),
						(methods, patterns) -> true, context::getType, "", () -> Set.of("")));
	}

	@Bean
	FluxArgumentCheck fluxArgumentCheck(ApplicationContext context) {
		return new FluxArgumentCheck(context);
	}

	@Bean
	ReactiveCalls reactiveCalls() {
		return new ReactiveCalls();
	}

	@Bean
	DispatchOrderCheck<HandlerAdapter> adapterOrderCheck(ListableBeanFactory beans) {
		return new DispatchOrderCheck<>(beans, HandlerAdapter.class, GuardedHandlerAdapter.class);
	}

	@Bean
	HttpHandlerCheck httpHandlerCheck(ConfigurableListableBeanFactory beans) {
		return new HttpHandlerCheck(beans);
	}

	@Bean
	static SecurityAnnotationCheck securityAnnotationCheck() {
		return new SecurityAnnotationCheck();
	}

	@Bean
	MethodSecurityCheck methodSecurityCheck(BeanDeclarations beans, RulePointcut pointcut, ReactiveCalls calls,
			FrameworkTypes framework, Environment environment) {
		boolean propagated = PROPAGATION
				&& "auto".equalsIgnoreCase(environment.getProperty("spring.reactor.context-propagation"));
		return new MethodSecurityCheck(beans, pointcut, calls::defers, propagated, framework);
	}

	/**
	 * After the guard for the organization, since roles may be those of one organization.
	 */
	@Bean
	@Order(HandlerGuard.RULE_ORDER)
	RuleGuard ruleGuard(HandlerRules rules, PathRules pathRules, EntryPointInventory inventory, CallerRules callers,
			ObjectProvider<ServedHandlers> served, AuthStarterProperties properties) {
		return new RuleGuard(rules, pathRules, inventory, callers, served.orderedStream().toList(),
				properties.undeclaredHandlers());
	}

	/**
	 * Spring Security's annotations on methods, unless the application enables them
	 * itself.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(name = "preAuthorizeAuthorizationMethodInterceptor")
	@EnableReactiveMethodSecurity
	static class MethodSecurityConfiguration {

	}

}
