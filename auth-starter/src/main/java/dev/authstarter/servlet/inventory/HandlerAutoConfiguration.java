package dev.authstarter.servlet.inventory;

import java.util.Objects;

import dev.authstarter.access.AuthorityPrefixes;
import dev.authstarter.access.CallerRules;
import dev.authstarter.access.HandlerGuard;
import dev.authstarter.access.PathRules;
import dev.authstarter.access.PublicPaths;
import dev.authstarter.access.declaration.BeanDeclarations;
import dev.authstarter.access.declaration.FrameworkTypes;
import dev.authstarter.access.interception.HandlerRules;
import dev.authstarter.access.inventory.AccessAutoConfiguration;
import dev.authstarter.access.inventory.EntryPointInventory;
import dev.authstarter.access.inventory.HandlerInventory;
import dev.authstarter.access.inventory.MappedHandlers;
import dev.authstarter.access.inventory.RuleGuard;
import dev.authstarter.access.inventory.ServedHandlers;
import dev.authstarter.configuration.AuthStarterProperties;
import dev.authstarter.servlet.chain.SecurityChains;
import dev.authstarter.servlet.handler.DispatcherServlets;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Auto-configuration of the entry points that HTTP requests reach in servlet
 * applications, and of the guard that enforces their rules.
 */
@AutoConfiguration(after = AccessAutoConfiguration.class)
@ConditionalOnWebApplication(type = Type.SERVLET)
public final class HandlerAutoConfiguration {

	private static final String SERVLET_PATH = "${spring.mvc.servlet.path:/}";

	@Bean
	HandlerChains handlerChains(SecurityChains chains, @Value(SERVLET_PATH) String servletPath) {
		return new HandlerChains(chains, prefix(servletPath));
	}

	@Bean
	ServletEntryPoints servletEntryPoints(WebApplicationContext context, DispatcherServlets dispatchers,
			BeanDeclarations beans, HandlerChains chains, PublicPaths publicPaths,
			@Value(SERVLET_PATH) String servletPath) {
		// Spring Security matches the configured patterns below the path of Spring MVC.
		return new ServletEntryPoints(Objects.requireNonNull(context.getServletContext()), dispatchers, beans, chains,
				publicPaths.below(prefix(servletPath)));
	}

	/**
	 * Runs after the organization is determined, because roles apply in an organization.
	 */
	@Bean
	@Order(HandlerGuard.RULE_ORDER)
	RuleGuard ruleGuard(HandlerRules rules, PathRules pathRules, EntryPointInventory inventory, CallerRules callers,
			ObjectProvider<ServedHandlers> served, AuthStarterProperties properties) {
		return new RuleGuard(rules, pathRules, inventory, callers, served.orderedStream().toList(),
				properties.undeclaredHandlers());
	}

	/**
	 * The handlers of Spring MVC.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ HandlerMethod.class, HandlerMapping.class })
	static class MvcConfiguration {

		@Bean
		MvcHandlerInventory mvcHandlers(WebApplicationContext context, HandlerRules rules, FrameworkTypes framework,
				HandlerChains chains, PublicPaths publicPaths, DispatcherServlets dispatchers,
				AuthStarterProperties properties, @Value(SERVLET_PATH) String servletPath) {
			return new MvcHandlerInventory(context, chains,
					new MappedHandlers(rules, framework, publicPaths, properties.organization().pathVariables(),
							chains::mayReadTokens, context::getType, prefix(servletPath),
							() -> dispatchers.prefixes(context.getServletContext(), prefix(servletPath))));
		}

		/** Rules of routes are created before the configured prefixes are known. */
		@Bean
		SmartInitializingSingleton authorityPrefixCheck(HandlerInventory inventory, Environment environment) {
			AuthorityPrefixes prefixes = AuthorityPrefixes.of(environment);
			return () -> inventory.handlers().forEach((handler) -> prefixes.refuse(handler.name(), handler.demands()));
		}

	}

	private static String prefix(String servletPath) {
		return servletPath.endsWith("/") ? servletPath.substring(0, servletPath.length() - 1) : servletPath;
	}

}
