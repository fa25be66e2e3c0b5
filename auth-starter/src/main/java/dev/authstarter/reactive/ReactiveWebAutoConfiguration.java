package dev.authstarter.reactive;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import dev.authstarter.access.HandlerGuard;
import dev.authstarter.access.inventory.AccessAutoConfiguration;
import dev.authstarter.access.inventory.HandlerInventory;
import dev.authstarter.authentication.AccessTokenReader;
import dev.authstarter.authentication.AuthoritiesAutoConfiguration;
import dev.authstarter.authentication.BootClaimProperties;
import dev.authstarter.authentication.CallerAuthentications;
import dev.authstarter.configuration.AuthStarterAutoConfiguration;
import dev.authstarter.configuration.AuthStarterProperties;
import dev.authstarter.event.AuthListeners;
import dev.authstarter.event.FailureLog;
import dev.authstarter.issuer.TrustedIssuers;
import dev.authstarter.organization.OrganizationPolicy;
import dev.authstarter.organization.OrganizationResolver;
import dev.authstarter.organization.OrganizationSecurityContext;
import dev.authstarter.reactive.argument.CallerArgumentsPostProcessor;
import dev.authstarter.reactive.argument.CallerWebFluxConfigurer;
import dev.authstarter.reactive.chain.CallerConversion;
import dev.authstarter.reactive.chain.ReactiveAccessTokenDecoder;
import dev.authstarter.reactive.chain.ResourceMetadataWebFilter;
import dev.authstarter.reactive.chain.VerificationThreads;
import dev.authstarter.reactive.context.ActingFilter;
import dev.authstarter.reactive.context.DecisionObserver;
import dev.authstarter.reactive.context.ServerThread;
import dev.authstarter.reactive.handler.GuardedHandlerAdapter;
import dev.authstarter.reactive.refusal.RefusalAdvice;
import dev.authstarter.reactive.refusal.ServerRefusalWriter;
import dev.authstarter.reactive.refusal.ServerRefusals;
import dev.authstarter.refusal.RefusalBodyCustomizer;
import dev.authstarter.refusal.RefusalEvents;
import dev.authstarter.refusal.RefusalExplainer;
import dev.authstarter.refusal.RefusalFormatFactory;
import dev.authstarter.refusal.RefusalRenderer;
import dev.authstarter.refusal.RequestCaller;
import dev.authstarter.refusal.ResourceCondition;
import dev.authstarter.refusal.ResourceMetadata;
import dev.authstarter.refusal.SecurityRefusalsFactory;
import dev.authstarter.token.ApplicationChecks;
import dev.authstarter.token.TokenVerifier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.server.HttpServer;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.reactive.ReactiveOAuth2ResourceServerAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.core.env.Environment;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.ReactiveJwtAuthenticationConverter;
import org.springframework.util.ClassUtils;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.reactive.HandlerAdapter;

/**
 * Auto-configuration of the HTTP layer of WebFlux applications, for every filter chain.
 * It comes before Spring Boot's reactive decoder, which then backs off.
 */
@AutoConfiguration(after = { AuthoritiesAutoConfiguration.class, AccessAutoConfiguration.class },
		before = ReactiveOAuth2ResourceServerAutoConfiguration.class)
@ConditionalOnWebApplication(type = Type.REACTIVE)
@ConditionalOnClass(HandlerAdapter.class)
public final class ReactiveWebAutoConfiguration {

	private static final boolean PROPAGATION = ClassUtils.isPresent("io.micrometer.context.ContextRegistry",
			ReactiveWebAutoConfiguration.class.getClassLoader());

	/**
	 * Whether code of the application takes part in verifying tokens, which may block.
	 */
	private static boolean waits(ListableBeanFactory beans) {
		return ApplicationChecks.present(beans) || converts(beans);
	}

	/** Whether a converter of the application converts tokens, which may block. */
	private static boolean converts(ListableBeanFactory beans) {
		return beans.containsBean(CallerAuthentications.CONVERTED);
	}

	/**
	 * Return the scheduler for guards if code of the application takes part, which may
	 * block.
	 */
	private static @Nullable Scheduler guards(ListableBeanFactory beans) {
		boolean waits = has(beans, OrganizationPolicy.class) || has(beans, OrganizationResolver.class)
				|| BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, HandlerGuard.class, true,
						false).length > 2;
		return waits ? Schedulers.boundedElastic() : null;
	}

	private static boolean has(ListableBeanFactory beans, Class<?> type) {
		return BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, type, true, false).length > 0;
	}

	@Bean
	VerificationThreads verificationThreads(@Qualifier(AuthStarterAutoConfiguration.CLOCK) Clock clock,
			ListableBeanFactory beans) {
		return waits(beans) ? VerificationThreads.blocking(clock)
				: VerificationThreads.nonBlocking(Runtime.getRuntime().availableProcessors(), clock);
	}

	@Bean
	@Primary
	ReactiveJwtDecoder reactiveAccessTokenDecoder(TokenVerifier verifier, VerificationThreads threads,
			ListableBeanFactory beans) {
		return waits(beans) ? ReactiveAccessTokenDecoder.blocking(verifier, threads)
				: ReactiveAccessTokenDecoder.nonBlocking(verifier, threads);
	}

	@Bean
	CallerConversion callerConversion(CallerAuthentications authentications, ListableBeanFactory beans) {
		return new CallerConversion(authentications, converts(beans) ? Schedulers.boundedElastic() : null);
	}

	/** For filter chains of the application. */
	@Bean
	@ConditionalOnMissingBean
	ReactiveJwtAuthenticationConverter reactiveJwtAuthenticationConverter(JwtAuthenticationConverter converter,
			Environment environment, ListableBeanFactory beans) {
		CallerConversion callers = new CallerConversion((jwt) -> Objects.requireNonNull(converter.convert(jwt)),
				converts(beans) ? Schedulers.boundedElastic() : null);
		ReactiveJwtAuthenticationConverter reactive = new ReactiveJwtAuthenticationConverter();
		reactive.setJwtGrantedAuthoritiesConverter(
				(jwt) -> callers.convert(jwt).flatMapIterable(AbstractAuthenticationToken::getAuthorities));
		String principal = new BootClaimProperties(environment).principalClaim();
		if (principal != null) {
			reactive.setPrincipalClaimName(principal);
		}
		return reactive;
	}

	@Bean
	ReactiveOrganization reactiveOrganization() {
		return () -> ReactiveSecurityContextHolder.getContext()
			.flatMap((context) -> Mono.justOrEmpty(OrganizationSecurityContext.organization(context)));
	}

	@Bean
	ActingFilter actingFilter(AuthStarterProperties properties) {
		return new ActingFilter(PROPAGATION && properties.organization().mdc());
	}

	@Bean
	ServerRefusalWriter serverRefusalWriter(TrustedIssuers issuers, AccessTokenReader accessTokens,
			AuthListeners listeners, AuthStarterProperties properties,
			@Qualifier(AuthStarterAutoConfiguration.CLOCK) Clock clock, ObjectProvider<RefusalExplainer> explainer,
			ObjectProvider<RefusalBodyCustomizer> customizers, ApplicationContext messages) {
		return new ServerRefusalWriter(new RequestCaller(accessTokens), new RefusalEvents(issuers), listeners,
				new RefusalRenderer(RefusalFormatFactory.create(properties), messages, explainer.getIfAvailable(),
						customizers.orderedStream().toList(), new FailureLog(ServerRefusalWriter.class, clock)));
	}

	@Bean
	ServerRefusals serverRefusals(ServerRefusalWriter responses, AuthStarterProperties properties,
			ObjectProvider<OAuth2ResourceServerProperties> ofSpringBoot, ObjectProvider<DispatcherHandler> dispatcher) {
		return new ServerRefusals(responses, SecurityRefusalsFactory.create(properties, ofSpringBoot.getIfAvailable()),
				() -> dispatcher.stream().findFirst().map(DispatcherHandler::getHandlerMappings).orElse(List.of()));
	}

	@Bean
	RefusalAdvice refusalAdvice(ServerRefusalWriter responses) {
		return new RefusalAdvice(responses);
	}

	@Bean
	CallerWebFluxConfigurer callerWebFluxConfigurer() {
		return new CallerWebFluxConfigurer();
	}

	@Bean
	static CallerArgumentsPostProcessor callerArguments(ObjectProvider<AccessTokenReader> accessTokens) {
		return new CallerArgumentsPostProcessor(accessTokens::getObject);
	}

	@Bean
	GuardedHandlerAdapter guardedHandlerAdapter(ApplicationContext context, ObjectProvider<HandlerGuard> guards,
			AccessTokenReader accessTokens, ServerRefusalWriter responses, ObjectProvider<DecisionObserver> observer) {
		return new GuardedHandlerAdapter(() -> others(context), () -> guards.orderedStream().toList(), accessTokens,
				responses, guards(context), observer.getIfAvailable());
	}

	private static List<HandlerAdapter> others(ApplicationContext context) {
		return BeanFactoryUtils.beansOfTypeIncludingAncestors(context, HandlerAdapter.class, true, false)
			.values()
			.stream()
			.filter((adapter) -> !(adapter instanceof GuardedHandlerAdapter))
			.sorted(AnnotationAwareOrderComparator.INSTANCE)
			.toList();
	}

	@Bean
	@ConditionalOnBooleanProperty(name = "auth-starter.spring-security-observations", havingValue = false,
			matchIfMissing = true)
	@ConditionalOnMissingBean
	SecurityObservationSettings securityObservationSettings() {
		return SecurityObservationSettings.noObservations();
	}

	@Bean
	@Conditional(ResourceCondition.class)
	ResourceMetadataWebFilter resourceMetadataWebFilter(AuthStarterProperties properties, TrustedIssuers issuers,
			ObjectProvider<HandlerInventory> inventory) {
		URI resource = Objects.requireNonNull(properties.resourceMetadata().resource());
		URI location = Objects.requireNonNull(properties.resourceMetadata().location());
		return new ResourceMetadataWebFilter(location.getPath(), new ResourceMetadata(resource.toString(), issuers,
				() -> inventory.stream().findFirst().map(HandlerInventory::scopes).orElse(Set.of())));
	}

	/**
	 * Where Reactor Netty is the server.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ HttpServer.class, NettyServerCustomizer.class })
	static class ReactorNettyConfiguration {

		@Bean
		NettyServerCustomizer serverThreadCustomizer() {
			return (server) -> server.mapHandle((handling, connection) -> handling
				.contextWrite((context) -> ServerThread.keep(context, connection.channel().eventLoop())));
		}

	}

}
