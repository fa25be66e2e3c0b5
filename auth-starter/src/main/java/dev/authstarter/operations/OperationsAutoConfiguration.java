package dev.authstarter.operations;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

import dev.authstarter.Reason;
import dev.authstarter.access.CallerRules;
import dev.authstarter.access.PathRules;
import dev.authstarter.access.PublicPaths;
import dev.authstarter.access.declaration.DeclaredDemands;
import dev.authstarter.access.inventory.AccessAutoConfiguration;
import dev.authstarter.access.inventory.HandlerInventory;
import dev.authstarter.authentication.CallerAuthentications;
import dev.authstarter.claims.AccessTokenCustomizer;
import dev.authstarter.claims.ClaimReaders;
import dev.authstarter.configuration.AuthStarterAutoConfiguration;
import dev.authstarter.configuration.AuthStarterProperties;
import dev.authstarter.configuration.ProductionProfile;
import dev.authstarter.introspection.Introspections;
import dev.authstarter.issuer.TrustedIssuers;
import dev.authstarter.keys.JwkSetMonitor;
import dev.authstarter.keys.KeysAutoConfiguration;
import dev.authstarter.membership.OrganizationMemberships;
import dev.authstarter.operations.startup.ChainReport;
import dev.authstarter.operations.startup.EnvironmentLint;
import dev.authstarter.operations.startup.ExecutorLint;
import dev.authstarter.operations.startup.InventoryReport;
import dev.authstarter.operations.startup.Lint;
import dev.authstarter.operations.startup.PathVariableLint;
import dev.authstarter.operations.startup.ProviderLint;
import dev.authstarter.operations.startup.PublicPathLint;
import dev.authstarter.operations.startup.ReactiveLint;
import dev.authstarter.operations.startup.RuleLint;
import dev.authstarter.operations.startup.StartupReport;
import dev.authstarter.provider.Presets;
import dev.authstarter.refusal.Reasons;
import dev.authstarter.refusal.RefusalDiagnosis;
import dev.authstarter.refusal.ResourceCondition;
import dev.authstarter.refusal.ResourceMetadata;
import dev.authstarter.refusal.TokenExplanation;
import dev.authstarter.servlet.chain.IgnoredBeans;
import dev.authstarter.servlet.chain.ResourceMetadataFilter;
import dev.authstarter.servlet.chain.SecurityChains;
import dev.authstarter.token.IssuerPolicies;
import dev.authstarter.token.TokenVerifier;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.util.ClassUtils;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.util.unit.DataSize;
import org.springframework.web.servlet.handler.MappedInterceptor;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/**
 * Auto-configuration of the start-up report, logs, events, metrics, observations, health
 * and endpoints.
 */
@AutoConfiguration(
		after = { AuthStarterAutoConfiguration.class, KeysAutoConfiguration.class, AccessAutoConfiguration.class })
public final class OperationsAutoConfiguration {

	/** The default of Spring Boot for every server. */
	private static final DataSize HEADER_LIMIT = DataSize.ofKilobytes(8);

	@Bean
	StartupReport startupReport(TrustedIssuers issuers, AuthStarterProperties properties, ClaimReaders providers,
			ObjectProvider<HandlerInventory> inventory, ObjectProvider<ChainReport> chains, ListableBeanFactory beans,
			Environment environment) {
		return new StartupReport(issuers, properties, providers, beans.containsBean(CallerAuthentications.CONVERTED),
				inventory.getIfAvailable(), chains.getIfAvailable(),
				Binder.get(environment)
					.bind("server.max-http-request-header-size", DataSize.class)
					.orElse(HEADER_LIMIT));
	}

	@Bean
	@ConditionalOnBean(HandlerInventory.class)
	InventoryReport inventoryReport(HandlerInventory inventory) {
		return new InventoryReport(inventory);
	}

	/**
	 * The converter creates authorities from the claims, which memberships do not change.
	 */
	@Bean
	Lint convertedMembershipsLint(ListableBeanFactory beans) {
		return () -> {
			boolean both = beans.containsBean(CallerAuthentications.CONVERTED)
					&& beans.getBeanNamesForType(OrganizationMemberships.class, true, false).length > 0;
			return both ? List
				.of("OrganizationMemberships cannot remove a role that a JwtAuthenticationConverter bean or Spring "
						+ "Boot's authority properties derive from the claims of a token. Configure "
						+ "'auth-starter.claims' to read roles and permissions instead.")
					: List.of();
		};
	}

	@Bean
	Lint providerLint(TrustedIssuers issuers, AuthStarterProperties properties, Presets presets,
			ClaimReaders providers) {
		return new ProviderLint(issuers, properties, presets, providers);
	}

	@Bean
	Lint environmentLint(ConfigurableEnvironment environment) {
		return new EnvironmentLint(environment);
	}

	@Bean
	Lint executorLint(ConfigurableListableBeanFactory beans) {
		return new ExecutorLint(beans);
	}

	@Bean
	Reasons refusalReasons(ObjectProvider<Reason> own) {
		return new Reasons(own.orderedStream().toList());
	}

	@Bean
	RefusalLog refusalLog(@Qualifier(AuthStarterAutoConfiguration.CLOCK) Clock clock, Reasons reasons) {
		return new RefusalLog(clock, reasons);
	}

	@Bean
	EventPublisher authEventPublisher(ApplicationEventPublisher events) {
		return new EventPublisher(events);
	}

	@Bean
	ObservedRefusals observedRefusals(ObjectProvider<ObservationRegistry> registry, Reasons reasons) {
		return new ObservedRefusals(registry.getIfUnique(() -> ObservationRegistry.NOOP), reasons);
	}

	@Bean
	@ConditionalOnBean(JwkSetMonitor.class)
	@ConditionalOnBooleanProperty(name = "auth-starter.keys.warm-up", matchIfMissing = true)
	KeysWarmUp keysWarmUp(JwkSetMonitor keySets) {
		return new KeysWarmUp(keySets);
	}

	/**
	 * Where there are filter chains.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = Type.SERVLET)
	static class ChainsConfiguration {

		private static final boolean HEALTH = isPresent(
				"org.springframework.boot.health.actuate.endpoint.HealthEndpoint")
				&& isPresent("org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType");

		@Bean
		ChainReport chainReport(SecurityChains chains, ObjectProvider<HandlerInventory> inventory,
				PublicPaths publicPaths, ApplicationContext context) {
			return new ChainReport(chains, inventory.getIfAvailable(), publicPaths,
					() -> HEALTH ? Health.path(context) : null);
		}

		@Bean
		Lint ignoredBeansLint(ObjectProvider<IgnoredBeans> ignored) {
			return () -> ignored.stream().flatMap((beans) -> beans.findings().stream()).toList();
		}

		private static boolean isPresent(String className) {
			return ClassUtils.isPresent(className, ChainsConfiguration.class.getClassLoader());
		}

		/**
		 * The path that health probes call.
		 */
		private static final class Health {

			/**
			 * Return the path, or {@code null} if it is not on the application's port.
			 */
			static @Nullable String path(ApplicationContext context) {
				if (ManagementPortType.get(context.getEnvironment()) != ManagementPortType.SAME) {
					return null;
				}
				PathMappedEndpoints endpoints = context.getBeanProvider(PathMappedEndpoints.class).getIfAvailable();
				return (endpoints != null) ? endpoints.getPath(EndpointId.of("health")) : null;
			}

		}

	}

	/**
	 * Warnings about configuration that has no effect on WebFlux.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = Type.REACTIVE)
	static class ReactiveConfiguration {

		@Bean
		Lint reactiveLint(ApplicationContext context) {
			return new ReactiveLint(context);
		}

	}

	/**
	 * Warnings about path variables if Spring MVC serves requests.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = Type.SERVLET)
	@ConditionalOnClass(RequestMappingInfoHandlerMapping.class)
	static class PathVariableConfiguration {

		private static final String PATH_VARIABLES = "auth-starter.organization.path-variables";

		@Bean
		Lint pathVariableLint(HandlerInventory inventory, ObjectProvider<RequestMappingInfoHandlerMapping> mappings,
				AuthStarterProperties properties, Environment environment) {
			return new PathVariableLint(inventory, () -> mappings.stream().toList(),
					properties.organization().pathVariables(),
					Binder.get(environment).bind(PATH_VARIABLES, Bindable.listOf(String.class)).isBound());
		}

	}

	/**
	 * Warnings about public paths and rules in web applications.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication
	static class LintConfiguration {

		@Bean
		Lint publicPathLint(PublicPaths publicPaths) {
			return new PublicPathLint(publicPaths);
		}

		/**
		 * Rights that a customizer, a converter or a role hierarchy of the application
		 * adds are unknown, so that rules are not checked then.
		 */
		@Bean
		Lint ruleLint(DeclaredDemands declared, HandlerInventory inventory, TrustedIssuers issuers,
				ClaimReaders providers, ObjectProvider<AccessTokenCustomizer> decoders, ListableBeanFactory beans) {
			boolean known = decoders.stream().findAny().isEmpty()
					&& beans.getBeanNamesForType(RoleHierarchy.class).length == 0
					&& !beans.containsBean(CallerAuthentications.CONVERTED);
			return known ? new RuleLint(declared.demands(), inventory, issuers, providers) : List::of;
		}

	}

	/**
	 * If observations of security are enabled.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBooleanProperty("auth-starter.observations.enabled")
	static class ObservationConfiguration {

		@Bean
		static ObservedDecoder.PostProcessor observedDecoder(ObjectProvider<ObservationRegistry> registry) {
			return new ObservedDecoder.PostProcessor(onFirstUse(registry));
		}

		/**
		 * Bean post-processors are created before other beans and must not depend on
		 * them.
		 */
		private static Supplier<ObservationRegistry> onFirstUse(ObjectProvider<ObservationRegistry> registry) {
			return SingletonSupplier.of(() -> registry.getIfUnique(() -> ObservationRegistry.NOOP));
		}

		@Configuration(proxyBeanMethods = false)
		@ConditionalOnClass(MappedInterceptor.class)
		static class GuardsConfiguration {

			@Bean
			static ObservedGuards.PostProcessor observedGuards(ObjectProvider<ObservationRegistry> registry) {
				return new ObservedGuards.PostProcessor(onFirstUse(registry));
			}

		}

	}

	/**
	 * Where Micrometer is present.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterBinder.class)
	static class MetricsConfiguration {

		private static boolean isIntrospectionConfigured(AuthStarterProperties properties, Environment environment) {
			return properties.introspection().uri() != null
					|| environment
						.containsProperty("spring.security.oauth2.resourceserver.opaquetoken.introspection-uri")
					|| properties.issuers()
						.values()
						.stream()
						.anyMatch((issuer) -> issuer.introspection().uri() != null);
		}

		@Bean
		AuthMeters authMeters(TrustedIssuers issuers, ObjectProvider<JwkSetMonitor> keySets,
				AuthStarterProperties properties, Environment environment, Reasons reasons) {
			return new AuthMeters(issuers, keySets.getIfAvailable(), isIntrospectionConfigured(properties, environment),
					reasons);
		}

	}

	/**
	 * Where the actuator is present.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
	static class EndpointConfiguration {

		@Bean
		@ConditionalOnAvailableEndpoint
		@ConditionalOnBean(HandlerInventory.class)
		RulesEndpoint authRulesEndpoint(HandlerInventory inventory, AuthStarterProperties properties) {
			return new RulesEndpoint(inventory, new OperatorAccess(properties.endpoints().authority()));
		}

		@Bean
		@ConditionalOnAvailableEndpoint
		@ConditionalOnBean(JwkSetMonitor.class)
		KeysEndpoint authKeysEndpoint(JwkSetMonitor keySets, AuthStarterProperties properties) {
			return new KeysEndpoint(keySets, new OperatorAccess(properties.endpoints().authority()));
		}

	}

	/**
	 * If the endpoint that explains tokens is available. It requires Spring MVC, because
	 * its {@link ExplainRequestGuard} keeps the tokens out of logs.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = Type.SERVLET)
	@ConditionalOnClass({ ConditionalOnAvailableEndpoint.class, WebEndpoint.class, MappedInterceptor.class })
	@ConditionalOnAvailableEndpoint(endpoint = ExplainEndpoint.class)
	@ConditionalOnBean({ HandlerInventory.class, CallerRules.class })
	static class ExplainConfiguration {

		@Bean
		ExplainEndpoint authExplainEndpoint(TokenVerifier verifier, TrustedIssuers issuers, IssuerPolicies policies,
				Introspections introspections, ObjectProvider<JwkSetMonitor> keySets, HandlerInventory inventory,
				CallerRules callers, PathRules pathRules, AuthStarterProperties properties) {
			RefusalDiagnosis diagnosis = new RefusalDiagnosis(issuers, policies, keySets.getIfAvailable());
			return new ExplainEndpoint(new TokenExplanation(verifier, diagnosis, introspections, true),
					new CallExplanation(inventory, callers, pathRules, properties),
					new OperatorAccess(properties.endpoints().authority()));
		}

		@Bean
		static ExplainRequestGuard explainRequestGuard(ObjectProvider<PathMappedEndpoints> endpoints) {
			// A test slice has the endpoint, but nothing that maps it.
			return new ExplainRequestGuard(SingletonSupplier.ofNullable(() -> endpoints.stream()
				.findFirst()
				.map((mapped) -> mapped.getPath(EndpointId.of(ExplainEndpoint.ID)))
				.orElse(null)));
		}

		@Bean
		static MappedInterceptor explainRequestInterceptor(ExplainRequestGuard guard) {
			return new MappedInterceptor(null, guard);
		}

	}

	/**
	 * If diagnostics of refusals are enabled.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication
	@ConditionalOnBooleanProperty("auth-starter.diagnostics.enabled")
	static class DiagnosticsConfiguration {

		@Bean
		RefusalDiagnosis refusalDiagnosis(TrustedIssuers issuers, IssuerPolicies policies,
				ObjectProvider<JwkSetMonitor> keySets, Environment environment) {
			String production = ProductionProfile.find(environment);
			if (production != null) {
				throw new InvalidConfigurationPropertyValueException("auth-starter.diagnostics.enabled", true,
						("It shows the contents of tokens in responses, and the profile '%s' is active. Disable one of "
								+ "the two.")
							.formatted(production));
			}
			return new RefusalDiagnosis(issuers, policies, keySets.getIfAvailable());
		}

	}

	/**
	 * If protected resource metadata is published.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = Type.SERVLET)
	@Conditional(ResourceCondition.class)
	static class ResourceMetadataConfiguration {

		@Bean
		FilterRegistrationBean<ResourceMetadataFilter> resourceMetadataFilter(AuthStarterProperties properties,
				TrustedIssuers issuers, ObjectProvider<HandlerInventory> inventory) {
			URI resource = Objects.requireNonNull(properties.resourceMetadata().resource());
			URI location = Objects.requireNonNull(properties.resourceMetadata().location());
			FilterRegistrationBean<ResourceMetadataFilter> registration = new FilterRegistrationBean<>(
					new ResourceMetadataFilter(new ResourceMetadata(resource.toString(), issuers,
							() -> inventory.stream().findFirst().map(HandlerInventory::scopes).orElse(Set.of()))));
			registration.addUrlPatterns(location.getPath());
			registration.setOrder(SecurityFilterProperties.DEFAULT_FILTER_ORDER - 1);
			return registration;
		}

	}

	/**
	 * Where Spring Boot's health is present.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
	static class HealthConfiguration {

		@Bean
		@ConditionalOnBean(JwkSetMonitor.class)
		@ConditionalOnEnabledHealthIndicator("authKeys")
		KeysHealthIndicator authKeysHealthIndicator(JwkSetMonitor keySets) {
			return new KeysHealthIndicator(keySets);
		}

	}

}
