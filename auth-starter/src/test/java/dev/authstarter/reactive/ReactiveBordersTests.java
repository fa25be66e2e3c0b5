package dev.authstarter.reactive;

import java.util.List;
import java.util.concurrent.Flow;
import java.util.stream.Stream;

import dev.authstarter.RequiresRole;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import dev.authstarter.fixture.TestTrust;
import dev.authstarter.operations.startup.Lint;
import dev.authstarter.reactive.chain.LastChain;
import jakarta.annotation.security.PermitAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.security.web.server.MatcherSecurityWebFilterChain;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.util.matcher.PathPatternParserServerWebExchangeMatcher;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * WebFlux applications with chains, advices, annotations and types of their own.
 */
class ReactiveBordersTests {

	private final ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner()
		.withUserConfiguration(Application.class)
		.withPropertyValues("auth-starter.issuer=" + TestToken.ISSUER, "auth-starter.audience=" + TestToken.AUDIENCE);

	@Test
	void chainsThatComeLaterByTheirOrderAreNotHidden() {
		LastChain ours = new LastChain(chain("/**"), () -> List.of(chain("/internal/**"), chain("/other/**")));
		assertThat(ours.matches(exchange("/internal/a")).block()).isFalse();
		assertThat(ours.matches(exchange("/other/a")).block()).isFalse();
		assertThat(ours.matches(exchange("/before/a")).block()).isTrue();
		assertThat(ours.matches(exchange("/notes")).block()).isTrue();
	}

	@Test
	void chainOfAnotherAutoConfigurationServesItsRequests() {
		Stream<Class<?>> ofLibraries = ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader())
			.getCandidates()
			.stream()
			.filter((name) -> name.matches(".*(authstarter|reactive|webflux|jackson|http|context).*"))
			.filter((name) -> !name.contains("rsocket"))
			.map((name) -> ClassUtils.resolveClassName(name, getClass().getClassLoader()));
		new ReactiveWebApplicationContextRunner()
			.withConfiguration(AutoConfigurations
				.of(Stream.concat(ofLibraries, Stream.of(ZCompanyAutoConfiguration.class)).toArray(Class<?>[]::new)))
			.withUserConfiguration(TestTrust.class)
			.withPropertyValues("auth-starter.issuer=" + TestToken.ISSUER, "auth-starter.audience=one")
			.run((context) -> {
				assertThat(first(context, "/internal/a")).isSameAs(context.getBean("internal"));
				assertThat(first(context, "/notes")).isSameAs(context.getBean("apiSecurityWebFilterChain"));
			});
	}

	@Test
	void chainsThatPostProcessorsReplaceKeepTheirOrder() {
		this.runner.withUserConfiguration(Traced.class).run((context) -> {
			for (String path : List.of("/first/a", "/later/a", "/notes")) {
				assertThat(first(context, path)).as(path).isInstanceOf(TracedChain.class);
			}
			assertThat(first(context, "/first/a")).isSameAs(context.getBean("early"));
			assertThat(first(context, "/later/a")).isSameAs(context.getBean("late"));
			assertThat(first(context, "/notes")).isSameAs(context.getBean("apiSecurityWebFilterChain"));
		});
	}

	@ParameterizedTest
	@ValueSource(classes = { Anyone.class, Listener.class })
	void permitAllIsDeclared(Class<?> bean) {
		this.runner.withBean(bean)
			.withPropertyValues("auth-starter.undeclared-handlers=fail-start")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void ruleOnMethodWhoseSubscribersHaveNoReactorContextIsNamed() {
		this.runner.withBean(FlowService.class)
			.run((context) -> assertThat(context.getStartupFailure())
				.hasMessageContaining("it returns java.util.concurrent.Flow$Publisher"));
	}

	@Test
	void adviceOfTheHighestPrecedenceIsNamedAndDoesNotGetRefusalsOfRoutes() {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class, Routes.class,
				First.class)
			.web(WebApplicationType.REACTIVE)
			.properties("server.port=0", "auth-starter.issuer=" + TestToken.ISSUER,
					"auth-starter.audience=" + TestToken.AUDIENCE)
			.run()) {
			HttpCalls http = new HttpCalls(
					context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
			assertThat(http.answer("/route", TestToken.validAt(TestApi.NOW).signed()))
				.isEqualTo("403 insufficient_role");
			assertThat(context.getBean("reactiveLint", Lint.class).findings()).singleElement()
				.asString()
				.contains("handles refusals", First.class.getSimpleName());
		}
	}

	@Test
	void adviceOfLowerPrecedenceIsNotNamed() {
		this.runner.withBean(Later.class)
			.run((context) -> assertThat(context.getBean("reactiveLint", Lint.class).findings()).isEmpty());
	}

	private static SecurityWebFilterChain first(ApplicationContext context, String path) {
		return context.getBeanProvider(SecurityWebFilterChain.class)
			.orderedStream()
			.filter((chain) -> Boolean.TRUE.equals(chain.matches(exchange(path)).block()))
			.findFirst()
			.orElseThrow();
	}

	private static SecurityWebFilterChain chain(String pattern) {
		return new MatcherSecurityWebFilterChain(new PathPatternParserServerWebExchangeMatcher(pattern),
				List.of((exchange, next) -> next.filter(exchange)));
	}

	private static MockServerWebExchange exchange(String path) {
		return MockServerWebExchange.from(MockServerHttpRequest.get(path));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
	@Import(TestTrust.class)
	static class Application {

	}

	/**
	 * An auto-configuration that Spring Boot processes after those of this library, by
	 * its name.
	 */
	@AutoConfiguration
	static class ZCompanyAutoConfiguration {

		@Bean
		SecurityWebFilterChain internal() {
			return chain("/internal/**");
		}

	}

	/**
	 * Replaces all chains, for example to measure them.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Traced {

		@Bean
		@Order(1)
		SecurityWebFilterChain early() {
			return chain("/first/**");
		}

		/** After the chain of the library, which has no order. */
		@Bean
		@Order(Ordered.LOWEST_PRECEDENCE)
		SecurityWebFilterChain late() {
			return chain("/later/**");
		}

		@Bean
		static BeanPostProcessor traces() {
			return new BeanPostProcessor() {

				@Override
				public Object postProcessAfterInitialization(Object bean, String beanName) {
					return (bean instanceof SecurityWebFilterChain chain) ? new TracedChain(chain) : bean;
				}

			};
		}

	}

	/**
	 * A chain around another one.
	 */
	record TracedChain(SecurityWebFilterChain chain) implements SecurityWebFilterChain {

		@Override
		public Mono<Boolean> matches(ServerWebExchange exchange) {
			return this.chain.matches(exchange);
		}

		@Override
		public Flux<WebFilter> getWebFilters() {
			return this.chain.getWebFilters();
		}

	}

	/**
	 * A handler for all callers with a token or without.
	 */
	@RestController
	static class Anyone {

		@GetMapping("/anyone")
		@PermitAll
		Mono<String> anyone() {
			return Mono.just("anyone");
		}

	}

	/**
	 * A listener that declares that it has no caller.
	 */
	static class Listener {

		@KafkaListener(topics = "a")
		@PermitAll
		public void receive(String message) {
			// Not called.
		}

	}

	/**
	 * A service with a publisher of the JDK.
	 */
	static class FlowService {

		@RequiresRole("owner")
		public Flow.Publisher<String> read() {
			return JdkFlowAdapter.publisherToFlowPublisher(Flux.just("a"));
		}

	}

	/**
	 * A service with a rule.
	 */
	static class Notes {

		@RequiresRole("owner")
		Mono<String> read() {
			return Mono.just("notes");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Notes.class)
	static class Routes {

		@Bean
		RouterFunction<ServerResponse> routes(Notes notes) {
			return RouterFunctions.route()
				.GET("/route", (request) -> notes.read().flatMap((text) -> ServerResponse.ok().bodyValue(text)))
				.build();
		}

	}

	/**
	 * Answers every exception.
	 */
	@RestControllerAdvice
	@Order(Ordered.HIGHEST_PRECEDENCE)
	static class First {

		@ExceptionHandler(Exception.class)
		String any(Exception exception) {
			return "caught";
		}

	}

	/**
	 * Answers every exception that nothing before has answered.
	 */
	@RestControllerAdvice
	static class Later {

		@ExceptionHandler(Exception.class)
		String any(Exception exception) {
			return "caught";
		}

	}

}
