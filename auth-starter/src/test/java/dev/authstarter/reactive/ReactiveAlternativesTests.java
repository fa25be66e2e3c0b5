package dev.authstarter.reactive;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import dev.authstarter.RequiresRole;
import dev.authstarter.fixture.ApiTest;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import dev.authstarter.fixture.TestTrust;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import org.springframework.web.server.handler.ExceptionHandlingWebHandler;
import org.springframework.web.server.handler.FilteringWebHandler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code deny} covers on WebFlux: routes whose predicate has an alternative without
 * a path, and handlers behind Spring's decorators, whose rules are enforced.
 */
@ApiTest(value = ReactiveAlternativesTests.Application.class,
		properties = { "spring.main.web-application-type=reactive", "auth-starter.undeclared-handlers=deny",
				"auth-starter.public-paths=GET /open,/open2" })
class ReactiveAlternativesTests {

	private final TestToken token = TestToken.validAt(TestApi.NOW);

	@Autowired
	HttpCalls http;

	@ParameterizedTest
	@CsvSource({ "/open, 200", "/open2, 200", "/secret/1?debug=1, 403", "/secret/2, 403" })
	void deniesAlternativesOfRoutesThatAreNotDeclared(String path, int status) {
		assertThat(this.http.getWithToken(path, this.token.signed()).statusCode()).isEqualTo(status);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/o/plain", "/o/filtered", "/o/handled" })
	void deniesHandlersInDecorators(String path) {
		assertThat(this.http.getWithToken(path, this.token.signed()).statusCode()).isEqualTo(403);
	}

	@Test
	void enforcesRulesOfHandlersInDecorators() {
		assertThat(this.http.answer("/o/rule", this.token.signed())).isEqualTo("403 insufficient_role");
		assertThat(this.http.answer("/o/rule", this.token.with("roles", List.of("owner")).signed())).isEqualTo("200");
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
	@Import(TestTrust.class)
	static class Application {

		@Bean
		SimpleUrlHandlerMapping objects() {
			return new SimpleUrlHandlerMapping(
					Map.of("/o/plain", new Secret(), "/o/filtered", new FilteringWebHandler(new Secret(), List.of()),
							"/o/rule", new FilteringWebHandler(new Owners(), List.of()), "/o/handled",
							new ExceptionHandlingWebHandler(new Secret(), List.of())),
					1);
		}

		@Bean
		RouterFunction<ServerResponse> first() {
			return RouterFunctions.route(
					RequestPredicates.GET("/open").or(RequestPredicates.queryParam("debug", (value) -> true)),
					(request) -> ServerResponse.ok().bodyValue("first"));
		}

		@Bean
		RouterFunction<ServerResponse> second() {
			return RouterFunctions.route(
					RequestPredicates.path("/open2")
						.or(RequestPredicates.method(HttpMethod.GET)
							.and((request) -> request.path().equals("/secret/2"))),
					(request) -> ServerResponse.ok().bodyValue("second"));
		}

	}

	@RequiresRole("owner")
	static class Owners extends Secret {

	}

	/**
	 * A handler without a rule.
	 */
	static class Secret implements WebHandler {

		@Override
		public Mono<Void> handle(ServerWebExchange exchange) {
			return exchange.getResponse()
				.writeWith(Mono.fromSupplier(
						() -> exchange.getResponse().bufferFactory().wrap("secret".getBytes(StandardCharsets.UTF_8))));
		}

	}

}
