package dev.authstarter.servlet;

import java.time.Clock;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import dev.authstarter.CurrentOrganization;
import dev.authstarter.access.HandlerGuard;
import dev.authstarter.access.interception.DispatchOrderCheck;
import dev.authstarter.authentication.AccessTokenReader;
import dev.authstarter.authentication.AuthoritiesAutoConfiguration;
import dev.authstarter.configuration.AuthStarterAutoConfiguration;
import dev.authstarter.configuration.AuthStarterProperties;
import dev.authstarter.event.AuthListeners;
import dev.authstarter.event.FailureLog;
import dev.authstarter.issuer.TrustedIssuers;
import dev.authstarter.refusal.RefusalBodyCustomizer;
import dev.authstarter.refusal.RefusalEvents;
import dev.authstarter.refusal.RefusalExplainer;
import dev.authstarter.refusal.RefusalFormatFactory;
import dev.authstarter.refusal.RefusalRenderer;
import dev.authstarter.refusal.RequestCaller;
import dev.authstarter.refusal.SecurityRefusalsFactory;
import dev.authstarter.servlet.argument.ArgumentCheck;
import dev.authstarter.servlet.argument.CallerLogContext;
import dev.authstarter.servlet.argument.CallerMvcConfigurer;
import dev.authstarter.servlet.argument.EntryPointArgumentCheck;
import dev.authstarter.servlet.chain.ApiChain;
import dev.authstarter.servlet.chain.AuthenticationAudience;
import dev.authstarter.servlet.chain.AuthenticationEvents;
import dev.authstarter.servlet.chain.BearerFirewall;
import dev.authstarter.servlet.chain.BearerTokenConverter;
import dev.authstarter.servlet.chain.ResolvedBearerTokenConverter;
import dev.authstarter.servlet.chain.SecurityChains;
import dev.authstarter.servlet.handler.DispatcherServlets;
import dev.authstarter.servlet.handler.GuardFilter;
import dev.authstarter.servlet.handler.GuardInterceptor;
import dev.authstarter.servlet.handler.GuardedHandlerAdapter;
import dev.authstarter.servlet.refusal.RefusalAccessDeniedHandler;
import dev.authstarter.servlet.refusal.RefusalEntryPoint;
import dev.authstarter.servlet.refusal.RefusalExceptionResolver;
import dev.authstarter.servlet.refusal.RefusalWriter;
import jakarta.servlet.DispatcherType;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterProperties;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;
import org.springframework.boot.servlet.autoconfigure.MultipartProperties;
import org.springframework.boot.servlet.filter.OrderedFormContentFilter;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.PriorityOrdered;
import org.springframework.core.env.Environment;
import org.springframework.security.authentication.AuthenticationEventPublisher;
import org.springframework.security.authentication.DefaultAuthenticationEventPublisher;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.web.authentication.AuthenticationConverter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.util.ClassUtils;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerAdapter;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.handler.MappedInterceptor;

/**
 * Auto-configuration of the beans that handle HTTP requests, for every filter chain.
 */
@AutoConfiguration(after = AuthoritiesAutoConfiguration.class, before = SecurityAutoConfiguration.class)
@ConditionalOnWebApplication(type = Type.SERVLET)
public final class WebAutoConfiguration {

	private static final boolean MVC = ClassUtils.isPresent("org.springframework.web.servlet.DispatcherServlet",
			WebAutoConfiguration.class.getClassLoader());

	@Bean
	RefusalWriter refusalResponses(TrustedIssuers issuers, AccessTokenReader accessTokens, CurrentOrganization acting,
			AuthListeners listeners, AuthStarterProperties properties,
			@Qualifier(AuthStarterAutoConfiguration.CLOCK) Clock clock, ObjectProvider<RefusalExplainer> explainer,
			ObjectProvider<RefusalBodyCustomizer> customizers, ApplicationContext messages) {
		FailureLog failures = new FailureLog(RefusalWriter.class, clock);
		return new RefusalWriter(new RequestCaller(accessTokens), acting, new RefusalEvents(issuers), listeners,
				new RefusalRenderer(RefusalFormatFactory.create(properties), messages, explainer.getIfAvailable(),
						customizers.orderedStream().toList(), failures));
	}

	@Bean
	RefusalEntryPoint refusalEntryPoint(RefusalWriter responses) {
		return new RefusalEntryPoint(responses);
	}

	@Bean
	RefusalAccessDeniedHandler refusalAccessDeniedHandler(RefusalWriter responses, AuthStarterProperties properties,
			ObjectProvider<OAuth2ResourceServerProperties> ofSpringBoot) {
		return new RefusalAccessDeniedHandler(responses,
				SecurityRefusalsFactory.create(properties, ofSpringBoot.getIfAvailable()));
	}

	/**
	 * Registered before Spring Boot's publisher, to find out whether the application
	 * declares one.
	 */
	@Bean
	@ConditionalOnMissingBean(AuthenticationEventPublisher.class)
	AuthenticationAudience authenticationAudience(ApplicationContext context) {
		return new AuthenticationAudience(context);
	}

	/** Without a publisher bean, the same default as in Spring Security. */
	@Bean
	AuthenticationEvents authenticationEvents(ObjectProvider<AuthenticationEventPublisher> publisher,
			ObjectProvider<AuthenticationAudience> audience, ApplicationContext context,
			@Qualifier(AuthStarterAutoConfiguration.CLOCK) Clock clock) {
		return new AuthenticationEvents(
				publisher.getIfAvailable(() -> new DefaultAuthenticationEventPublisher(context)),
				AuthenticationAudience.of(audience), new FailureLog(AuthenticationEvents.class, clock));
	}

	/** Spring Security also uses it in the chains of the application. */
	@Bean
	@ConditionalOnMissingBean({ AuthenticationConverter.class, BearerTokenResolver.class })
	BearerTokenConverter bearerTokenIntake(ObjectProvider<AuthenticationAudience> audience) {
		return new BearerTokenConverter(AuthenticationAudience.of(audience));
	}

	@Bean
	@ConditionalOnMissingBean(AuthenticationConverter.class)
	ResolvedBearerTokenConverter resolvedTokenIntake(BearerTokenResolver resolver,
			ObjectProvider<AuthenticationAudience> audience) {
		return new ResolvedBearerTokenConverter(resolver, AuthenticationAudience.of(audience));
	}

	/** Spring Security uses it for all chains. */
	@Bean
	@ConditionalOnMissingBean(HttpFirewall.class)
	BearerFirewall bearerFirewall(ListableBeanFactory beans) {
		return new BearerFirewall(ApiSecurityAutoConfiguration.isForAllRequests(beans)
				&& beans.getBeanNamesForType(BearerTokenConverter.class).length == 1);
	}

	@Bean
	SecurityChains securityChains(ApplicationContext context, ObjectProvider<ApiChain> own, Environment environment) {
		return new SecurityChains(context, own.getIfAvailable(),
				environment.getProperty("spring.mvc.servlet.path", ""));
	}

	/**
	 * Disables Spring Security's observations by default, because Spring Security creates
	 * one for each filter of each request.
	 */
	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBooleanProperty(name = "auth-starter.spring-security-observations", havingValue = false,
			matchIfMissing = true)
	SecurityObservationSettings securityObservationSettings() {
		return SecurityObservationSettings.noObservations();
	}

	@Bean
	EntryPointArgumentCheck entryPointArgumentCheck(ConfigurableListableBeanFactory beans) {
		return new EntryPointArgumentCheck(beans);
	}

	@Bean
	DispatcherServlets dispatcherServlets(ApplicationContext context) {
		return new DispatcherServlets(() -> MVC ? SpringMvc.servlets(context) : Set.of());
	}

	@Bean
	FilterRegistrationBean<GuardFilter> guardFilter(ObjectProvider<HandlerGuard> guards, AccessTokenReader accessTokens,
			RefusalWriter responses, DispatcherServlets dispatchers,
			ObjectProvider<SecurityFilterProperties> security) {
		FilterRegistrationBean<GuardFilter> registration = new FilterRegistrationBean<>(
				new GuardFilter(() -> guards.orderedStream().toList(), accessTokens, responses, dispatchers));
		registration.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
		SecurityFilterProperties properties = security.stream().findFirst().orElseGet(SecurityFilterProperties::new);
		if (properties.getDispatcherTypes().stream().noneMatch((type) -> type.name().equals("REQUEST"))) {
			throw new InvalidConfigurationPropertyValueException("spring.security.filter.dispatcher-types",
					properties.getDispatcherTypes(),
					"It must contain 'request': otherwise no token is read, and no request needs one. Remove the "
							+ "property.");
		}
		registration.setOrder(1 + properties.getOrder());
		return registration;
	}

	/**
	 * Loaded only if Spring MVC is present.
	 */
	private static final class SpringMvc {

		/**
		 * Includes bean names, which Spring Boot uses as names of servlets without a
		 * registration.
		 */
		static Set<String> servlets(ApplicationContext context) {
			Map<String, DispatcherServlet> servlets = new HashMap<>(
					context.getBeansOfType(DispatcherServlet.class, true, false));
			// Handlers of a separate context are not in the inventory.
			servlets.values().removeIf((servlet) -> servlet.getWebApplicationContext() != context);
			Set<String> names = new HashSet<>(servlets.keySet());
			context.getBeansOfType(ServletRegistrationBean.class, true, false).values().forEach((registration) -> {
				if (servlets.containsValue(registration.getServlet())) {
					names.add(registration.getServletName());
				}
			});
			return names;
		}

	}

	/**
	 * Spring MVC would parse a multipart request before it determines the handler, and so
	 * before the access rule is checked.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MultipartProperties.class)
	static class MultipartConfiguration {

		@Bean
		static LazyMultipart lazyMultipart() {
			return new LazyMultipart();
		}

		/** Runs before the properties are bound, so that they override this default. */
		static final class LazyMultipart implements BeanPostProcessor, PriorityOrdered {

			@Override
			public int getOrder() {
				return HIGHEST_PRECEDENCE;
			}

			@Override
			public Object postProcessBeforeInitialization(Object bean, String beanName) {
				if (bean instanceof MultipartProperties multipart) {
					multipart.setResolveLazily(true);
				}
				return bean;
			}

		}

	}

	/**
	 * Spring Boot's filter for forms of PUT, PATCH and DELETE requests would read the
	 * body before the caller is known, and answer 500 if it is malformed.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(OrderedFormContentFilter.class)
	static class FormConfiguration {

		@Bean
		static FormsAfterSecurity formsAfterSecurity(Environment environment) {
			return new FormsAfterSecurity(environment);
		}

		/** Changes the order of the filter. */
		static final class FormsAfterSecurity implements BeanPostProcessor {

			private final Environment environment;

			FormsAfterSecurity(Environment environment) {
				this.environment = environment;
			}

			@Override
			public Object postProcessAfterInitialization(Object bean, String beanName) {
				if (bean instanceof OrderedFormContentFilter forms
						&& forms.getOrder() == OrderedFormContentFilter.DEFAULT_ORDER) {
					forms.setOrder(this.environment.getProperty("spring.security.filter.order", Integer.class,
							SecurityFilterProperties.DEFAULT_FILTER_ORDER) + 1);
				}
				return bean;
			}

		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(WebMvcConfigurer.class)
	static class MvcConfiguration {

		@Bean
		CallerMvcConfigurer callerMvcConfigurer(AccessTokenReader accessTokens, CurrentOrganization acting) {
			return new CallerMvcConfigurer(accessTokens, acting);
		}

		@Bean
		ArgumentCheck argumentCheck(ApplicationContext context) {
			return new ArgumentCheck(context);
		}

		@Bean
		GuardInterceptor guardInterceptor(ObjectProvider<HandlerGuard> guards, AccessTokenReader accessTokens,
				RefusalWriter responses) {
			return new GuardInterceptor(guards.orderedStream().toList(), accessTokens, responses);
		}

		/**
		 * A bean, so that it applies to the handlers of every mapping that calls
		 * interceptors.
		 */
		@Bean
		MappedInterceptor handlerGuards(GuardInterceptor guards) {
			return new MappedInterceptor(null, guards);
		}

		/** For the mappings that leave the guards out. */
		@Bean
		GuardedHandlerAdapter guardedHandlerAdapter(ApplicationContext context, GuardInterceptor guards) {
			return new GuardedHandlerAdapter(context, guards);
		}

		@Bean
		DispatchOrderCheck<HandlerAdapter> adapterOrderCheck(ListableBeanFactory beans) {
			return new DispatchOrderCheck<>(beans, HandlerAdapter.class, GuardedHandlerAdapter.class);
		}

		/** Runs after the guards, which determine the organization. */
		@Bean
		@ConditionalOnBooleanProperty(name = "auth-starter.organization.mdc", matchIfMissing = true)
		MappedInterceptor callerLogContext(AccessTokenReader accessTokens, CurrentOrganization acting) {
			return new MappedInterceptor(null, new CallerLogContext(accessTokens, acting));
		}

		@Bean
		RefusalExceptionResolver refusalExceptionResolver(RefusalWriter responses) {
			return new RefusalExceptionResolver(responses);
		}

	}

}
