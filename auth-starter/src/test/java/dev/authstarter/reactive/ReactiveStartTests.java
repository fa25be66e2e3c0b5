package dev.authstarter.reactive;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import dev.authstarter.AccessToken;
import dev.authstarter.Organization;
import dev.authstarter.PublicEndpoint;
import dev.authstarter.RequiresRole;
import dev.authstarter.RequiresScope;
import dev.authstarter.configuration.AccessRuleException;
import dev.authstarter.fixture.TestTrust;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.RolesAllowed;
import kotlin.coroutines.Continuation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.ConnectableFlux;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.BeanNameAware;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpEntity;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.security.access.annotation.Secured;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketSession;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Start-up of a WebFlux application fails if a rule cannot be enforced.
 */
class ReactiveStartTests {

	private final ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner()
		.withUserConfiguration(Application.class)
		.withPropertyValues("auth-starter.issuer=https://issuer.example/", "auth-starter.audience=one");

	static Stream<Arguments> stops() {
		return Stream.of(
				Arguments.of(BlockingRule.class,
						"The rule of %s#read cannot be enforced on WebFlux: it returns java.lang.String"),
				Arguments.of(OwnPublisherRule.class, "The rule of %s#read cannot be enforced on WebFlux: it returns"),
				Arguments.of(BlockingPre.class, "@PreAuthorize of %s#read cannot be enforced"),
				Arguments.of(BlockingPreHandler.class, "@PreAuthorize of %s#read cannot be enforced"),
				Arguments.of(SecuredBean.class, "@Secured of %s#read cannot be enforced"),
				Arguments.of(RolesAllowedHandler.class, "@RolesAllowed of %s#read cannot be enforced"),
				Arguments.of(DenyAllBean.class, "@DenyAll of %s#read cannot be enforced"),
				Arguments.of(BoundBody.class, "The parameter 'organization' of %s#write would be bound"),
				Arguments.of(BoundParameter.class, "The parameter 'organization' of %s#write would be bound"),
				Arguments.of(BoundModel.class, "The parameter 'form' of %s#write would be bound"),
				Arguments.of(BoundRecord.class, "The parameter 'form' of %s#write would be bound"),
				Arguments.of(BoundMono.class, "The parameter 'form' of %s#write would be bound"),
				Arguments.of(BoundEntity.class, "The parameter 'form' of %s#write would be bound"),
				Arguments.of(PublicWithCaller.class, "%s#read (/read) is declared public but needs a token"));
	}

	@ParameterizedTest
	@MethodSource("stops")
	void stops(Class<?> bean, String sentence) {
		this.runner.withBean(bean)
			.run((context) -> assertThat(
					NestedExceptionUtils.getMostSpecificCause(Objects.requireNonNull(context.getStartupFailure())))
				.isInstanceOf(AccessRuleException.class)
				.hasMessageContaining(sentence.formatted(bean.getName())));
	}

	@ParameterizedTest
	@MethodSource("starts")
	void starts(Class<?> bean) {
		this.runner.withBean(bean).run((context) -> assertThat(context).hasNotFailed());
	}

	static Stream<Class<?>> starts() {
		return Stream.of(ReactiveRules.class, CallerArguments.class, Socket.class, PreparedRules.class,
				StaticMethods.class, Suspending.class);
	}

	@Test
	void stopsForHttpHandlerWithoutFilters() {
		this.runner
			.withBean("own", HttpHandler.class,
					() -> RouterFunctions.toHttpHandler(
							RouterFunctions.route().GET("/", (request) -> ServerResponse.ok().build()).build()))
			.run((context) -> assertThat(context.getStartupFailure()).isInstanceOf(AccessRuleException.class)
				.hasMessageContaining("The bean 'own' serves all requests without the filters of the application"));
	}

	@Test
	void startsWithHttpHandlerOfTheContext() {
		this.runner.withUserConfiguration(OwnHttpHandler.class).run((context) -> assertThat(context).hasNotFailed());
	}

	/** Spring Boot switches it on for the whole virtual machine. */
	@AfterEach
	void propagatesNoContexts() {
		Hooks.disableAutomaticContextPropagation();
	}

	@Test
	void startsWithBlockingRuleWhereContextsArePropagated() {
		this.runner.withBean(BlockingRule.class)
			.withPropertyValues("spring.reactor.context-propagation=auto")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void startsWithAuthoritiesOfSpringBoot() {
		this.runner.withPropertyValues("spring.security.oauth2.resourceserver.jwt.authority-prefix=ROLE_")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void stopsForHandlerThatDeclaresNothing() {
		this.runner.withBean(Undeclared.class)
			.withPropertyValues("auth-starter.undeclared-handlers=fail-start")
			.run((context) -> assertThat(context.getStartupFailure()).hasMessageContaining("Undeclared#read (/read)"));
	}

	@Test
	void hasNoReactiveBeanInServletApplication() {
		new WebApplicationContextRunner().withUserConfiguration(Application.class)
			.withPropertyValues("auth-starter.issuer=https://issuer.example/", "auth-starter.audience=one")
			.run((context) -> assertThat(Stream.of(context.getBeanDefinitionNames())
				.map(context::getType)
				.filter((type) -> type != null && type.getName().startsWith("dev.authstarter.reactive.")
						&& type != Application.class)
				.map(Class::getName)).isEmpty());
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
	@Import(TestTrust.class)
	static class Application {

	}

	static class BlockingRule {

		@RequiresRole("owner")
		String read() {
			return "";
		}

	}

	static class BlockingPre {

		@PreAuthorize("hasRole('owner')")
		public String read() {
			return "";
		}

	}

	@RestController
	static class BlockingPreHandler {

		@GetMapping("/read")
		@PreAuthorize("hasRole('owner')")
		String read() {
			return "";
		}

	}

	static class SecuredBean {

		@Secured("ROLE_owner")
		public Mono<String> read() {
			return Mono.empty();
		}

	}

	@RestController
	static class RolesAllowedHandler {

		@GetMapping("/read")
		@RolesAllowed("owner")
		Mono<String> read() {
			return Mono.empty();
		}

	}

	@DenyAll
	static class DenyAllBean {

		public Mono<String> read() {
			return Mono.empty();
		}

	}

	@RestController
	static class BoundBody {

		@PostMapping("/write")
		void write(@RequestBody Organization organization) {
		}

	}

	@RestController
	static class BoundParameter {

		@PostMapping("/write")
		void write(@RequestParam Organization organization) {
		}

	}

	@RestController
	static class BoundModel {

		@PostMapping("/write")
		void write(@ModelAttribute Form form) {
		}

	}

	@RestController
	static class BoundRecord {

		@PostMapping("/write")
		void write(Form form) {
		}

	}

	@RestController
	static class BoundMono {

		@PostMapping("/write")
		void write(@RequestBody Mono<Form> form) {
		}

	}

	@RestController
	static class BoundEntity {

		@PostMapping("/write")
		void write(HttpEntity<Form> form) {
		}

	}

	/** As the Kotlin compiler translates {@code suspend fun read(): Organization}. */
	@RestController
	static class Suspending {

		@GetMapping("/read")
		@Nullable Object read(Continuation<? super Organization> continuation) {
			return null;
		}

	}

	@RestController
	static class PublicWithCaller {

		@GetMapping("/read")
		@PublicEndpoint
		String read(AccessToken caller) {
			return caller.subject();
		}

	}

	@RestController
	static class Undeclared {

		@GetMapping("/read")
		String read() {
			return "";
		}

	}

	static class OwnPublisherRule {

		@RequiresRole("owner")
		ConnectableFlux<String> read() {
			return Flux.<String>empty().publish();
		}

	}

	/** Its sub-protocols are read before there is a caller. */
	@RequiresRole("owner")
	static class Socket implements WebSocketHandler {

		@Override
		public List<String> getSubProtocols() {
			return List.of("chat");
		}

		@Override
		public Mono<Void> handle(WebSocketSession session) {
			return Mono.empty();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnHttpHandler {

		@Bean
		HttpHandler ownHttpHandler(ApplicationContext context) {
			return WebHttpHandlerBuilder.applicationContext(context).build();
		}

	}

	/** The container calls the other methods. */
	@RequiresScope("read")
	static class PreparedRules implements InitializingBean, BeanNameAware, SmartLifecycle, CommandLineRunner {

		Mono<String> read() {
			return Mono.just("read");
		}

		@Autowired
		public void setEnvironment(Environment environment) {
			// Nothing is read from it.
		}

		@PostConstruct
		public void prepare() {
			// Nothing has to be prepared.
		}

		@Override
		public void setBeanName(String name) {
			// The name is of no use.
		}

		@Override
		public void afterPropertiesSet() {
			// All properties are optional.
		}

		@Override
		public void run(String... arguments) {
			// There are no arguments.
		}

		@Override
		public void start() {
			// Nothing has to be started.
		}

		@Override
		public void stop() {
			// Nothing has to be stopped.
		}

		@Override
		public boolean isRunning() {
			return true;
		}

	}

	@PreAuthorize("hasRole('owner')")
	static class StaticMethods {

		public static String name() {
			return "name";
		}

		public Mono<String> read() {
			return Mono.just(name());
		}

	}

	static class ReactiveRules {

		@RequiresRole("owner")
		Mono<String> read() {
			return Mono.empty();
		}

		@PreAuthorize("hasRole('owner')")
		public Mono<String> other() {
			return Mono.empty();
		}

	}

	@RestController
	static class CallerArguments {

		@GetMapping("/read")
		String read(Organization organization, Optional<AccessToken> caller) {
			return organization.id() + caller.isPresent();
		}

	}

	record Form(String text, Organization organization) {

	}

}
