package dev.authstarter.openapi;

import java.util.List;

import dev.authstarter.RequiresScope;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springdoc.core.annotations.RouterOperation;
import org.springdoc.webflux.core.fn.SpringdocRouteBuilder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.WebApplicationType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The OpenAPI document that Reactor Netty serves.
 */
@Tag("server")
class OpenApiOnWebFluxTests {

	private static final String DOCUMENT = "/v3/api-docs";

	@Test
	void isTheDocumentOfSpringMvc() {
		String[] rules = { "auth-starter.rules[0].path=/by-path/**", "auth-starter.rules[0].scopes=by-path",
				"auth-starter.rules[1].path=/by-path/written", "auth-starter.rules[1].methods=POST",
				"auth-starter.rules[1].roles=writer" };
		JsonNode document = document(Controllers.class, rules);
		assertThat(document)
			.isEqualTo(DocumentedApi.document(WebApplicationType.SERVLET, DOCUMENT, Controllers.class, rules));
		assertThat(document.get("paths").size()).isGreaterThan(20);
	}

	@Test
	void describesPublishersLikeTheirElements() {
		JsonNode values = DocumentedApi.document(WebApplicationType.SERVLET, DOCUMENT, Values.class);
		assertThat(values.get("paths").propertyNames()).contains("/values/of/{organizationId}", "/values/{id}");
		assertThat(document(Publishers.class)).isEqualTo(values);
	}

	@Test
	void describesRoutesThatAreDocumented() {
		JsonNode document = document(Routes.class, "auth-starter.rules[0].path=/routed",
				"auth-starter.rules[0].scopes=routes");
		assertThat(security(document, "/routed")).isEqualTo("[{\"accessToken\":[\"routes\"]}]");
		assertThat(document.get("paths").has("/silent")).isFalse();
	}

	/** Springdoc's builder keeps the pattern of such a route as the path. */
	@Test
	void findsTheRulesOfRoutesWithPatterns() {
		JsonNode document = document(PatternRoutes.class, "auth-starter.public-paths=/v3/**,/public/**");
		String path = "/public/{organizationId:org_[a-z]+}/notes";
		assertThat(security(document, path)).isEqualTo("[{\"accessToken\":[]}]");
		assertThat(document.get("paths").get(path).at("/get/responses").has("401")).isTrue();
	}

	@Test
	void findsRulesBelowBasePath() {
		JsonNode document = DocumentedApi.document(WebApplicationType.REACTIVE, "/api" + DOCUMENT, Controllers.class,
				"spring.webflux.base-path=/api", "auth-starter.rules[0].path=/by-path/written",
				"auth-starter.rules[0].methods=POST", "auth-starter.rules[0].scopes=post");
		JsonNode post = document.get("paths").get("/by-path/written").get("post");
		assertThat(post.get("security").toString()).isEqualTo("[{\"accessToken\":[\"own\",\"post\"]}]");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "authenticated | /none | 401 | 200", "deny | /none | 401 | 403 access_denied",
			"deny | /v3/api-docs | 200 | 200", "authenticated | /v3/api-docs | 200 | 200" })
	void isServedToCallersThatMayReadIt(String undeclared, String publicPath, int withoutToken, String withToken) {
		DocumentedApi.call(WebApplicationType.REACTIVE, Routes.class, (calls) -> {
			assertThat(calls.answer(DOCUMENT, TestToken.validAt(TestApi.NOW).signed())).isEqualTo(withToken);
			assertThat(calls.get(DOCUMENT).statusCode()).isEqualTo(withoutToken);
			assertThat(calls.answer(DOCUMENT, "garbage")).isEqualTo("401 malformed_token");
		}, "auth-starter.undeclared-handlers=" + undeclared, "auth-starter.public-paths=" + publicPath);
	}

	private static JsonNode document(Class<?> configuration, String... properties) {
		return DocumentedApi.document(WebApplicationType.REACTIVE, DOCUMENT, configuration, properties);
	}

	private static String security(JsonNode document, String path) {
		return document.get("paths").get(path).get("get").get("security").toString();
	}

	@Configuration(proxyBeanMethods = false)
	@Import(OpenApiDocumentTests.Handlers.class)
	static class Controllers {

	}

	@Configuration(proxyBeanMethods = false)
	static class Routes {

		@Bean
		@RouterOperation(operation = @io.swagger.v3.oas.annotations.Operation(operationId = "routed"))
		RouterFunction<ServerResponse> routed() {
			return RouterFunctions.route().GET("/routed", (request) -> ServerResponse.ok().build()).build();
		}

		@Bean
		RouterFunction<ServerResponse> silent() {
			return RouterFunctions.route().GET("/silent", (request) -> ServerResponse.ok().build()).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PatternRoutes {

		@Bean
		RouterFunction<ServerResponse> notes() {
			return SpringdocRouteBuilder.route()
				.GET("/public/{organizationId:org_[a-z]+}/notes", (request) -> ServerResponse.ok().build(),
						(operation) -> operation.operationId("notes"))
				.build();
		}

	}

	@RestController
	@io.swagger.v3.oas.annotations.tags.Tag(name = "values")
	@RequestMapping("/values")
	static class Values {

		@GetMapping("/of/{organizationId}")
		@RequiresScope("read")
		List<Value> all() {
			return List.of();
		}

		@GetMapping("/{id}")
		Value one(@PathVariable String id) {
			return new Value(id);
		}

	}

	@RestController
	@io.swagger.v3.oas.annotations.tags.Tag(name = "values")
	@RequestMapping("/values")
	static class Publishers {

		@GetMapping("/of/{organizationId}")
		@RequiresScope("read")
		Flux<Value> all() {
			return Flux.empty();
		}

		@GetMapping("/{id}")
		Mono<Value> one(@PathVariable String id) {
			return Mono.just(new Value(id));
		}

	}

	record Value(String id) {

	}

}
