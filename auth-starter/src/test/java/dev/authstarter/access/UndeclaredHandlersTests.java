package dev.authstarter.access;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.stream.Stream;

import dev.authstarter.configuration.AccessRuleException;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import dev.authstarter.servlet.inventory.RouteRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpMethod;
import org.springframework.util.ClassUtils;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.springframework.web.servlet.function.RouterFunctions.route;

/**
 * The treatment of handlers without a rule, for each setting.
 */
@ExtendWith(OutputCaptureExtension.class)
class UndeclaredHandlersTests {

	private static final String[] PROPERTIES = { "--server.port=0", "--auth-starter.issuer=" + TestToken.ISSUER,
			"--auth-starter.audience=" + TestToken.AUDIENCE, "--auth-starter.public-paths=/public/**" };

	private final TestToken valid = TestToken.validAt(TestApi.NOW);

	@Test
	void reportsThemAndAsksForTokenOnly(CapturedOutput output) {
		try (ConfigurableApplicationContext started = start()) {
			assertThat(get(started, "/rooms/silent").statusCode()).isEqualTo(200);
			assertThat(output).contains("no rule: GET /rooms/silent dev.authstarter.access.GuardedApi$Rooms#silent");
		}
	}

	@Test
	void deniesThem() {
		try (ConfigurableApplicationContext started = start("--auth-starter.undeclared-handlers=deny")) {
			for (String silent : new String[] { "/rooms/silent", "/routes/silent", "/handlers/bean" }) {
				HttpResponse<String> response = get(started, silent);
				assertThat(response.statusCode()).as(silent).isEqualTo(403);
				assertThat(HttpCalls.json(response)).containsEntry("reason", "access_denied");
			}
			assertThat(get(started, "/rooms/anyone").statusCode()).isEqualTo(200);
			assertThat(options(started, "/rooms/anyone").statusCode()).isEqualTo(200);
			assertThat(get(started, "/public/notes").statusCode()).isEqualTo(200);
			assertThat(get(started, "/actuator/health").statusCode()).isEqualTo(200);
			assertThat(get(started, "/nowhere").statusCode()).isEqualTo(404);
			assertThat(get(started, "/keys", this.valid.with("scope", "read:keys see:keys")).statusCode())
				.isEqualTo(200);
			assertThat(get(started, "/routes/closed", this.valid.with("scope", "read:routes")).statusCode())
				.isEqualTo(200);
		}
	}

	@Test
	void failsTheStartAndSaysWhatToDo(CapturedOutput output) {
		assertThatExceptionOfType(AccessRuleException.class)
			.isThrownBy(() -> start("--auth-starter.undeclared-handlers=fail-start").close());
		assertThat(output)
			.contains("Description:", "dev.authstarter.access.GuardedApi$Rooms#silent (/rooms/silent)",
					"route (GET && /routes/silent) (/routes/silent)", "Action:", "Give each an annotation such as")
			.doesNotContain("Rooms#anyone (", "NoteController#open (", "Keys#list (", "BasicErrorController");
	}

	@Test
	void startsWhereEveryHandlerIsDeclared() {
		new WebApplicationContextRunner().withUserConfiguration(TestApi.class)
			.withPropertyValues("auth-starter.issuer=" + TestToken.ISSUER, "auth-starter.audience=one",
					"auth-starter.undeclared-handlers=fail-start", "auth-starter.public-paths=/me,/fails,/public/**")
			.run((started) -> assertThat(started).hasNotFailed());
	}

	@Test
	void deniesNoDeclaredRouteForOneBesideIt() {
		try (ConfigurableApplicationContext started = new SpringApplicationBuilder(TestApi.class, Routes.class)
			.run(Stream.concat(Stream.of(PROPERTIES), Stream.of("--auth-starter.undeclared-handlers=deny"))
				.toArray(String[]::new))) {
			TestToken token = this.valid.with("scope", "routes");
			assertThat(get(started, "/beside", token).body()).isEqualTo("declared");
			assertThat(get(started, "/without/pattern", token).body()).isEqualTo("declared");
			assertThat(get(started, "/beside").statusCode()).isEqualTo(403);
			HttpCalls http = new HttpCalls(
					started.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
			assertThat(http
				.send(http.request("/beside")
					.POST(BodyPublishers.noBody())
					.header("Authorization", "Bearer " + token.signed()))
				.statusCode()).isEqualTo(403);
		}
	}

	@Test
	void countsAllPathsOfNestedRoutes() {
		try (ConfigurableApplicationContext started = new SpringApplicationBuilder(TestApi.class, NestedRoutes.class)
			.run(Stream
				.concat(Stream.of(PROPERTIES),
						Stream.of("--auth-starter.undeclared-handlers=deny", "--auth-starter.public-paths=/open",
								"--auth-starter.rules[0].path=/closed", "--auth-starter.rules[0].scopes=read",
								"--auth-starter.rules[1].path=/orgs/*/notes", "--auth-starter.rules[1].scopes=read",
								"--auth-starter.rules[2].path=/stars/notes", "--auth-starter.rules[2].scopes=read"))
				.toArray(String[]::new))) {
			TestToken reader = this.valid.with("scope", "read");
			for (String path : new String[] { "/open", "/closed", "/orgs/a/notes", "/head" }) {
				assertThat(get(started, path, reader).statusCode()).as(path).isEqualTo(200);
			}
			for (String path : new String[] { "/open/deep", "/closed/deep", "/stars/a/notes", "/files/deep" }) {
				assertThat(get(started, path, reader).statusCode()).as(path).isEqualTo(403);
			}
			HttpCalls http = new HttpCalls(
					started.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
			for (String method : new String[] { "HEAD", "POST" }) {
				assertThat(http
					.send(http.request("/head")
						.method(method, BodyPublishers.noBody())
						.header("Authorization", "Bearer " + reader.signed()))
					.statusCode()).as(method).isEqualTo(403);
			}
		}
	}

	/** Code of the application may answer requests for the path of a declared route. */
	@ParameterizedTest
	@ValueSource(classes = { FunctionBefore.class, PredicateBefore.class, PatternOfPredicate.class,
			FunctionBehindCondition.class })
	void deniesWhatMayAnswerInsteadOfDeclaredRoute(Class<?> routes) {
		try (ConfigurableApplicationContext started = new SpringApplicationBuilder(TestApi.class, routes)
			.run(Stream.concat(Stream.of(PROPERTIES), Stream.of("--auth-starter.undeclared-handlers=deny"))
				.toArray(String[]::new))) {
			assertThat(get(started, "/shadow", this.valid.with("scope", "read")).statusCode()).isEqualTo(403);
		}
	}

	/** Spring reports the pattern {@code /a/{x}} for both routes. */
	@Test
	void deniesRouteBelowWildcardWithThePatternOfADeclaredOne() {
		try (ConfigurableApplicationContext started = new SpringApplicationBuilder(TestApi.class, BelowWildcard.class)
			.run(Stream.concat(Stream.of(PROPERTIES), Stream.of("--auth-starter.undeclared-handlers=deny"))
				.toArray(String[]::new))) {
			assertThat(get(started, "/a/1/2", this.valid.with("scope", "read")).statusCode()).isEqualTo(403);
			assertThat(get(started, "/a/1", this.valid.with("scope", "read")).statusCode()).isEqualTo(200);
		}
	}

	@ParameterizedTest
	@CsvSource({ "FunctionBehind, /shadow", "DeclaredFunction, /shadow", "NestedTwice, /twice/nested/shadow" })
	void deniesNoDeclaredRouteForCodeThatDoesNotAnswer(String name, String path) {
		Class<?> routes = ClassUtils.resolveClassName(getClass().getName() + "$" + name, getClass().getClassLoader());
		try (ConfigurableApplicationContext started = new SpringApplicationBuilder(TestApi.class, routes)
			.run(Stream.concat(Stream.of(PROPERTIES), Stream.of("--auth-starter.undeclared-handlers=deny"))
				.toArray(String[]::new))) {
			assertThat(get(started, path, this.valid.with("scope", "read")).body()).isEqualTo("declared");
			assertThat(get(started, path).statusCode()).isEqualTo(403);
		}
	}

	private static RouterFunction<ServerResponse> shadow(String body) {
		return route().GET("/shadow", (request) -> ServerResponse.ok().body(body)).build();
	}

	private static RouterFunction<ServerResponse> hidden(RouterFunction<ServerResponse> routes) {
		return (request) -> routes.route(request);
	}

	static class FunctionBefore {

		@Bean
		@Order(1)
		RouterFunction<ServerResponse> before() {
			return hidden(shadow("undeclared"));
		}

		@Bean
		@Order(2)
		RouterFunction<ServerResponse> declared() {
			return RouteRule.scopes("read").around(shadow("declared"));
		}

	}

	static class PredicateBefore {

		@Bean
		@Order(1)
		RouterFunction<ServerResponse> before() {
			return route((request) -> RequestPredicates.GET("/shadow").test(request),
					(request) -> ServerResponse.ok().body("undeclared"));
		}

		@Bean
		@Order(2)
		RouterFunction<ServerResponse> declared() {
			return RouteRule.scopes("read").around(shadow("declared"));
		}

	}

	/** A predicate that does not match leaves the pattern that it tested. */
	static class PatternOfPredicate {

		@Bean
		@Order(1)
		RouterFunction<ServerResponse> declared() {
			return RouteRule.scopes("read")
				.around(route(
						(request) -> RequestPredicates.GET("/shadow").test(request)
								&& request.param("detail").isPresent(),
						(request) -> ServerResponse.ok().body("declared"))
					.and(route(RequestPredicates.GET("/shadow").and(RequestPredicates.param("detail", "all")),
							(request) -> ServerResponse.ok().body("declared"))));
		}

		@Bean
		@Order(2)
		RouterFunction<ServerResponse> behind() {
			return route(RequestPredicates.method(HttpMethod.GET), (request) -> ServerResponse.ok().body("undeclared"));
		}

	}

	static class FunctionBehindCondition {

		@Bean
		@Order(1)
		RouterFunction<ServerResponse> declared() {
			return RouteRule.scopes("read")
				.around(route(RequestPredicates.GET("/shadow").and(RequestPredicates.param("detail", "all")),
						(request) -> ServerResponse.ok().body("declared")));
		}

		@Bean
		@Order(2)
		RouterFunction<ServerResponse> behind() {
			return hidden(shadow("undeclared"));
		}

	}

	static class FunctionBehind {

		@Bean
		@Order(1)
		RouterFunction<ServerResponse> declared() {
			return RouteRule.scopes("read").around(shadow("declared"));
		}

		@Bean
		@Order(2)
		RouterFunction<ServerResponse> behind() {
			return hidden(shadow("undeclared"));
		}

	}

	static class DeclaredFunction {

		@Bean
		RouterFunction<ServerResponse> declared() {
			return RouteRule.scopes("read").around(hidden(shadow("declared")));
		}

	}

	static class BelowWildcard {

		@Bean
		RouterFunction<ServerResponse> routes() {
			return RouteRule.scopes("read")
				.around(route(
						RequestPredicates.path("/a/{x}")
							.or(RequestPredicates.path("/a/{x}/{y}").and(RequestPredicates.param("k", "1"))),
						(request) -> ServerResponse.ok().body("declared")))
				.and(RouterFunctions.nest(RequestPredicates.path("/a/*"),
						route(RequestPredicates.GET("/{x}"), (request) -> ServerResponse.ok().body("undeclared"))));
		}

	}

	static class NestedTwice {

		@Bean
		RouterFunction<ServerResponse> declared() {
			return RouteRule.scopes("read")
				.around(RouterFunctions.nest(RequestPredicates.path("/twice").and(RequestPredicates.path("/nested")),
						shadow("declared")));
		}

	}

	static class NestedRoutes {

		@Bean
		RouterFunction<ServerResponse> nested() {
			return route().path("/open", (builder) -> builder.GET((request) -> ServerResponse.ok().build()))
				.path("/closed", (builder) -> builder.GET((request) -> ServerResponse.ok().build()))
				.path("/orgs/*", (builder) -> builder.GET("/notes", (request) -> ServerResponse.ok().build()))
				.path("/stars/*", (builder) -> builder.GET("/notes", (request) -> ServerResponse.ok().build()))
				.path("/files",
						(builder) -> builder.add(RouterFunctions
							.resources((request) -> Optional.of(new ByteArrayResource(new byte[0])))))
				.build();
		}

		@Bean
		RouterFunction<ServerResponse> declared() {
			return RouteRule.scopes("read")
				.around(route().GET("/head", (request) -> ServerResponse.ok().build()).build());
		}

		@Bean
		RouterFunction<ServerResponse> head() {
			return route().HEAD("/head", (request) -> ServerResponse.ok().build()).build();
		}

		@Bean
		RouterFunction<ServerResponse> unknown() {
			RouterFunction<ServerResponse> inner = route().POST("/head", (request) -> ServerResponse.ok().build())
				.build();
			return (request) -> inner.route(request);
		}

	}

	static class Routes {

		@Bean
		RouterFunction<ServerResponse> declared() {
			return RouteRule.scopes("routes")
				.around(route().GET("/beside", (request) -> ServerResponse.ok().body("declared"))
					.route((request) -> request.path().startsWith("/without")
							&& !request.method().equals(HttpMethod.POST),
							(request) -> ServerResponse.ok().body("declared"))
					.build());
		}

		@Bean
		RouterFunction<ServerResponse> undeclared() {
			return route().POST("/beside", (request) -> ServerResponse.ok().body("undeclared")).build();
		}

	}

	private static ConfigurableApplicationContext start(String... arguments) {
		String[] all = java.util.Arrays.copyOf(PROPERTIES, PROPERTIES.length + arguments.length);
		System.arraycopy(arguments, 0, all, PROPERTIES.length, arguments.length);
		return new SpringApplicationBuilder(GuardedApi.class).run(all);
	}

	private HttpResponse<String> options(ConfigurableApplicationContext started, String path) {
		HttpCalls http = new HttpCalls(
				started.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
		return http.send(http.request(path)
			.method("OPTIONS", BodyPublishers.noBody())
			.header("Authorization", "Bearer " + this.valid.signed()));
	}

	private HttpResponse<String> get(ConfigurableApplicationContext started, String path) {
		return get(started, path, this.valid);
	}

	private HttpResponse<String> get(ConfigurableApplicationContext started, String path, TestToken token) {
		int port = started.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
		return new HttpCalls(port).getWithToken(path, token.signed());
	}

}
