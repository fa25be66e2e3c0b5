package dev.authstarter.reactive;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import dev.authstarter.RequiresRole;
import dev.authstarter.access.inventory.HandlerInventory;
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
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.reactive.config.EnableWebFlux;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketSession;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import org.springframework.web.server.handler.ExceptionHandlingWebHandler;
import org.springframework.web.server.handler.FilteringWebHandler;
import org.springframework.web.server.handler.WebHandlerDecorator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code deny} covers on WebFlux: routes whose predicate has an alternative without
 * a path or that are nested, and handlers behind decorators, whose rules are enforced.
 */
@ApiTest(value = ReactiveAlternativesTests.Application.class,
		properties = { "spring.main.web-application-type=reactive", "auth-starter.undeclared-handlers=deny",
				"auth-starter.public-paths=GET /open,/open2,/nested/public", "auth-starter.rules[0].path=/nested/rule",
				"auth-starter.rules[0].scopes=read", "auth-starter.rules[1].path=/nested/notes",
				"auth-starter.rules[1].scopes=read", "auth-starter.rules[2].path=/files/*",
				"auth-starter.rules[2].scopes=read", "auth-starter.rules[3].path=/orgs/*/notes",
				"auth-starter.rules[3].scopes=read", "auth-starter.rules[4].path=/variable/{id}",
				"auth-starter.rules[4].scopes=read", "auth-starter.rules[5].path=/twice/nested/notes",
				"auth-starter.rules[5].scopes=read" })
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
	@ValueSource(strings = { "/o/routes/silent", "/o/dispatcher/silent" })
	void deniesHandlersThatCallOthers(String path) {
		assertThat(this.http.getWithToken(path, this.token.signed()).statusCode()).isEqualTo(403);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/o/plain", "/o/filtered", "/o/handled" })
	void deniesHandlersInDecorators(String path) {
		assertThat(this.http.getWithToken(path, this.token.signed()).statusCode()).isEqualTo(403);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/o/rule", "/o/decorator", "/o/inside", "/o/bean", "/o/beanoftype" })
	void enforcesRulesOfDecoratorsAndHandlersInThem(String path) {
		assertThat(this.http.answer(path, this.token.signed())).isEqualTo("403 insufficient_role");
		assertThat(this.http.answer(path, this.token.with("roles", List.of("owner")).signed())).isEqualTo("200");
	}

	/** The request is no handshake. */
	@ParameterizedTest
	@ValueSource(strings = { "/o/first", "/o/second" })
	void enforcesRuleOfEitherMethodThatHandlesRequests(String path) {
		assertThat(this.http.answer(path, this.token.signed())).isEqualTo("403 insufficient_role");
		assertThat(this.http.getWithToken(path, this.token.with("roles", List.of("owner")).signed()).statusCode())
			.isEqualTo(400);
	}

	@Test
	void enforcesRulesOfDecoratorAndHandler() {
		assertThat(this.http.answer("/o/both", this.token.with("roles", List.of("owner")).signed()))
			.isEqualTo("403 insufficient_role");
		assertThat(this.http.answer("/o/both", this.token.with("roles", List.of("owner", "auditor")).signed()))
			.isEqualTo("200");
	}

	@ParameterizedTest
	@CsvSource({ "/nested/rule, 403 insufficient_scope, 200", "/nested/rule/deep, 403 access_denied, 403 access_denied",
			"/nested/public, 200, 200", "/nested/public/deep, 403 access_denied, 403 access_denied",
			"/nested/star/notes, 403 access_denied, 403 access_denied", "/orgs/a/notes, 403 insufficient_scope, 200",
			"/files/a, 403 insufficient_scope, 200", "/files/, 403 insufficient_scope, 200",
			"/variable/a, 403 insufficient_scope, 200", "/variable/, 403 access_denied, 403 access_denied" })
	void countsAllPathsOfRoutes(String path, String other, String reader) {
		assertThat(this.http.answer(path, this.token.signed())).isEqualTo(other);
		assertThat(this.http.answer(path, this.token.with("scope", "read").signed())).isEqualTo(reader);
	}

	@Test
	void listsThePathsOfRoutesThatAreNestedInSeveralPaths(@Autowired HandlerInventory inventory) {
		assertThat(inventory.handlers()).filteredOn((handler) -> handler.patterns().contains("/twice/nested/notes"))
			.singleElement()
			.matches((handler) -> !handler.undeclared());
		assertThat(this.http.answer("/twice/nested/notes", this.token.signed())).isEqualTo("403 insufficient_scope");
		assertThat(this.http.answer("/twice/nested/notes", this.token.with("scope", "read").signed())).isEqualTo("200");
	}

	@Test
	void deniesRouteOfUnknownPathBesideDeclaredOneOfAnotherMethod() {
		HttpRequest.Builder post = this.http.request("/open")
			.POST(BodyPublishers.noBody())
			.header("Authorization", "Bearer " + this.token.signed());
		assertThat(this.http.send(post).statusCode()).isEqualTo(403);
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
	@Import(TestTrust.class)
	static class Application {

		@Bean
		SimpleUrlHandlerMapping objects(GateOfMethod gate) {
			return new SimpleUrlHandlerMapping(Map.of("/o/plain", new Secret(), "/o/filtered",
					new FilteringWebHandler(new Secret(), List.of()), "/o/rule",
					new FilteringWebHandler(new Owners(), List.of()), "/o/handled",
					new ExceptionHandlingWebHandler(new Secret(), List.of()), "/o/decorator", new Gate(new Secret()),
					"/o/inside", new FilteringWebHandler(new Gate(new Secret()), List.of()), "/o/both",
					new Gate(new Auditors()), "/o/bean", gate), 1);
		}

		/** Objects with two methods that handle requests. */
		@Bean
		SimpleUrlHandlerMapping others(Gate gateOfType) {
			return new SimpleUrlHandlerMapping(Map.of("/o/beanoftype", gateOfType, "/o/first", new RuleOnRequest(),
					"/o/second", new RuleOnSocket()), 1);
		}

		/** Their handlers are in no mapping of the application. */
		@Bean
		SimpleUrlHandlerMapping dispatching() {
			AnnotationConfigApplicationContext other = new AnnotationConfigApplicationContext(Other.class);
			return new SimpleUrlHandlerMapping(Map.of("/o/routes/**", RouterFunctions.toWebHandler(
					RouterFunctions.route().GET("/o/routes/silent", (request) -> ServerResponse.ok().build()).build()),
					"/o/dispatcher/**", new DispatcherHandler(other)), 1);
		}

		@Bean
		Gate gateOfType() {
			return new Gate(new Secret());
		}

		@Bean
		RouterFunction<ServerResponse> nestedTwice() {
			return RouterFunctions.nest(RequestPredicates.path("/twice").and(RequestPredicates.path("/nested")),
					RouterFunctions.route().GET("/notes", (request) -> ServerResponse.ok().build()).build());
		}

		@Bean
		GateOfMethod gate() {
			return new GateOfMethod(new Secret());
		}

		@Bean
		RouterFunction<ServerResponse> nested() {
			return RouterFunctions.route()
				.path("/nested/rule", (builder) -> builder.GET((request) -> ServerResponse.ok().build()))
				.path("/nested/public", (builder) -> builder.GET((request) -> ServerResponse.ok().build()))
				.path("/nested/*",
						(builder) -> builder.nest(RequestPredicates.accept(MediaType.ALL),
								(inner) -> inner.GET("/notes", (request) -> ServerResponse.ok().build())))
				.path("/orgs/*",
						(builder) -> builder.nest(RequestPredicates.accept(MediaType.ALL),
								(inner) -> inner.GET("/notes", (request) -> ServerResponse.ok().build())))
				.GET("/files/*", (request) -> ServerResponse.ok().build())
				.GET("/variable/*", (request) -> ServerResponse.ok().build())
				.build();
		}

		@Bean
		RouterFunction<ServerResponse> unknown() {
			RouterFunction<ServerResponse> inner = RouterFunctions.route()
				.POST("/open", (request) -> ServerResponse.ok().build())
				.build();
			return (request) -> inner.route(request);
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

	@EnableWebFlux
	@RestController
	static class Other {

		@GetMapping("/o/dispatcher/silent")
		String silent() {
			return "silent";
		}

	}

	@RequiresRole("owner")
	static class Owners extends Secret {

	}

	@RequiresRole("auditor")
	static class Auditors extends Secret {

	}

	@RequiresRole("owner")
	static class Gate extends WebHandlerDecorator {

		Gate(WebHandler inner) {
			super(inner);
		}

	}

	static class GateOfMethod extends WebHandlerDecorator {

		GateOfMethod(WebHandler inner) {
			super(inner);
		}

		@Override
		@RequiresRole("owner")
		public Mono<Void> handle(ServerWebExchange exchange) {
			return super.handle(exchange);
		}

	}

	static class RuleOnRequest extends Secret implements WebSocketHandler {

		@Override
		@RequiresRole("owner")
		public Mono<Void> handle(ServerWebExchange exchange) {
			return super.handle(exchange);
		}

		@Override
		public Mono<Void> handle(WebSocketSession session) {
			return Mono.empty();
		}

	}

	static class RuleOnSocket extends Secret implements WebSocketHandler {

		@Override
		@RequiresRole("owner")
		public Mono<Void> handle(WebSocketSession session) {
			return Mono.empty();
		}

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
