package dev.authstarter.openapi;

import java.util.List;
import java.util.Map;

import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.SlimClassPath;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import dev.authstarter.issuer.IssuerResolver;
import dev.authstarter.refusal.RefusalBodyCustomizer;
import dev.authstarter.servlet.inventory.RouteRule;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.apache.catalina.webresources.TomcatURLStreamHandlerFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springdoc.core.annotations.RouterOperation;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.models.GroupedOpenApi;
import org.springdoc.webmvc.core.fn.SpringdocRouteBuilder;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The OpenAPI document of applications with unusual configurations.
 */
@Tag("server")
class OpenApiVariantsTests {

	private static final String NOTES = "/organizations/{organizationId}/notes";

	private static final String TOKEN = "[{\"accessToken\":[]}]";

	@Test
	void acceptsTokensOfEachOfSeveralIssuers() {
		JsonNode document = document(Empty.class, "auth-starter.issuers.staff.issuer=https://staff.example",
				"auth-starter.issuers.staff.audience=" + TestToken.AUDIENCE,
				"auth-starter.issuers.staff.organization.allowed=*",
				"auth-starter.issuers.partners.issuer=https://partners.example/",
				"auth-starter.issuers.partners.audience=" + TestToken.AUDIENCE,
				"auth-starter.issuers.partners.organization.allowed=*",
				"auth-starter.issuers.partners.jwks-uri=https://keys.example/jwks.json");
		JsonNode schemes = document.at("/components/securitySchemes");
		assertThat(schemes.propertyNames()).containsExactlyInAnyOrder("accessToken-staff", "accessToken-partners");
		assertThat(schemes.at("/accessToken-staff/openIdConnectUrl").asString())
			.isEqualTo("https://staff.example/.well-known/openid-configuration");
		assertThat(schemes.at("/accessToken-partners/scheme").asString()).isEqualTo("bearer");
		assertThat(schemes.at("/accessToken-partners/bearerFormat").asString()).isEqualTo("JWT");
		assertThat(document.get("paths").get(NOTES).at("/get/security").valueStream().map(JsonNode::toString))
			.containsExactlyInAnyOrder("{\"accessToken-staff\":[\"read:notes\"]}",
					"{\"accessToken-partners\":[\"read:notes\"]}");
	}

	@Test
	void mentionsThatIssuersAreNamedAtRunTime() {
		JsonNode document = document(Resolved.class, "auth-starter.organization.allowed=*");
		assertThat(document.at("/components/securitySchemes").propertyNames())
			.containsExactlyInAnyOrder("accessToken-default", "accessToken");
		assertThat(security(document, "/me")).isEqualTo("[{\"accessToken-default\":[]},{\"accessToken\":[]}]");
	}

	@Test
	void promisesNoDiscoveryWhereKeysComeFromFile() {
		JsonNode scheme = document(Empty.class, "auth-starter.jwks-uri=file:/etc/keys/jwks.json")
			.at("/components/securitySchemes/accessToken");
		assertThat(scheme.get("type").asString()).isEqualTo("http");
		assertThat(scheme.has("openIdConnectUrl")).isFalse();
		assertThat(scheme.toString()).doesNotContain("/etc/keys");
	}

	@Test
	void promisesNoJwtWhereTokensAreOpaque() {
		JsonNode document = document(Empty.class, "springdoc.api-docs.version=openapi_3_0",
				"auth-starter.jwks-uri=https://keys.example/jwks.json",
				"auth-starter.introspection.uri=https://issuer.example/introspect",
				"auth-starter.introspection.client-id=api", "auth-starter.introspection.client-secret=secret");
		assertThat(document.at("/components/securitySchemes/accessToken/scheme").asString()).isEqualTo("bearer");
		assertThat(document.at("/components/securitySchemes/accessToken").has("bearerFormat")).isFalse();
		// OpenAPI 3.0 names scopes of OAuth alone.
		assertThat(security(document, NOTES)).isEqualTo(TOKEN);
		assertThat(document.get("paths").get(NOTES).at("/get/x-required-scopes").toString())
			.isEqualTo("[[\"read:notes\"]]");
		assertThat(document.at("/components/schemas/Problem/properties/reason/type").asString()).isEqualTo("string");
	}

	@Test
	void describesGroups() {
		JsonNode document = document("/v3/api-docs/notes", Grouped.class);
		assertThat(document.get("paths").propertyNames()).contains(NOTES).doesNotContain("/me");
		assertThat(security(document, NOTES)).isEqualTo("[{\"accessToken\":[\"read:notes\"]}]");
		assertThat(document.at("/components/securitySchemes").has("accessToken")).isTrue();
		assertThat(document.at("/components/responses").has("Refusal401")).isTrue();
	}

	@Test
	void keepsComponentsOfTheApplication() {
		JsonNode components = document(Described.class).get("components");
		assertThat(components.at("/securitySchemes/accessToken/description").asString()).isEqualTo("Pasted.");
		assertThat(components.at("/schemas/Problem/properties").propertyNames()).containsExactly("degree");
		assertThat(components.at("/responses/Refusal401/description").asString()).isEqualTo("Log in.");
		assertThat(
				components.at("/responses/Refusal403/content/application~1problem+json/schema/allOf/0/$ref").asString())
			.isEqualTo("#/components/schemas/RefusalProblem");
		assertThat(components.at("/schemas/RefusalProblem/properties").has("reason")).isTrue();
	}

	@Test
	void keepsWhatCustomizersOfTheApplicationSay() {
		JsonNode get = document(Described.class).get("paths").get("/me").get("get");
		assertThat(get.at("/responses/503/description").asString()).isEqualTo("Later.");
		assertThat(get.at("/responses/401/$ref").asString()).isEqualTo("#/components/responses/Refusal401");
		assertThat(get.get("description").asString()).isEqualTo("Of ours.\n\nRequires an access token.");
	}

	@Test
	void hidesOtherOrganizations() {
		JsonNode document = document(Empty.class, "auth-starter.organization.hide-other-organizations=true");
		assertThat(document.get("paths").get(NOTES).at("/get/responses").has("404")).isTrue();
		assertThat(document.get("paths").get("/me").at("/get/responses").has("404")).isFalse();
		assertThat(document.at("/components/responses/Refusal404").toString()).contains("not_found");
	}

	@Test
	void knowsNoBodiesThatTheApplicationWrites() {
		JsonNode response = document(OwnBodies.class).at("/components/responses/Refusal401");
		assertThat(response.has("description")).isTrue();
		assertThat(response.has("content")).isFalse();
	}

	@Test
	void mentionsDiagnosisInDevelopment() {
		assertThat(document(Empty.class, "auth-starter.diagnostics.enabled=true")
			.at("/components/schemas/Problem/properties")
			.has("diagnosis")).isTrue();
	}

	@Test
	void describesRoutesThatAreDocumented() {
		JsonNode document = DocumentedApi.document(WebApplicationType.SERVLET, "/v3/api-docs", Routes.class);
		assertThat(security(document, "/routed")).isEqualTo("[{\"accessToken\":[\"routes\"]}]");
		assertThat(document.at("/paths").has("/silent")).isFalse();
	}

	/** Springdoc's builder keeps the pattern of such a route as the path. */
	@Test
	void findsTheRulesOfRoutesWithPatterns() {
		JsonNode document = DocumentedApi.document(WebApplicationType.SERVLET, "/v3/api-docs", PatternRoutes.class,
				"auth-starter.public-paths=/v3/**,/public/**");
		assertThat(security(document, "/ruled/{id:[0-9]+}")).isEqualTo("[{\"accessToken\":[\"routes\"]}]");
		assertThat(security(document, "/public/{organizationId:org_[a-z]+}/notes")).isEqualTo(TOKEN);
	}

	@Test
	void saysThatRoutesWithPatternsAreDenied() {
		JsonNode document = DocumentedApi.document(WebApplicationType.SERVLET, "/v3/api-docs", PatternRoutes.class,
				"auth-starter.undeclared-handlers=deny", "auth-starter.public-paths=/v3/**");
		assertThat(document.get("paths").get("/rest/{*all}").at("/get/description").asString())
			.startsWith("Denied to every caller");
	}

	@Test
	void looksAtFilterChainsOfTheApplication() {
		JsonNode document = DocumentedApi.document(WebApplicationType.SERVLET, "/v3/api-docs", Chains.class,
				"auth-starter.public-paths=/v3/**, /public/**, /own/closed");
		assertThat(document.get("paths").get("/session/page").get("get").has("security")).isFalse();
		assertThat(document.get("paths").get("/session/page").at("/get/responses").propertyNames())
			.containsExactly("200");
		assertThat(security(document, "/own/open")).isEqualTo("[]");
		assertThat(security(document, "/own/closed")).isEqualTo(TOKEN);
		assertThat(security(document, "/me")).isEqualTo(TOKEN);
	}

	@Test
	void findsRulesBelowPathOfServlet() {
		JsonNode document = DocumentedApi.document(WebApplicationType.SERVLET, "/api/v3/api-docs",
				OpenApiDocumentTests.Handlers.class, "spring.mvc.servlet.path=/api",
				"auth-starter.rules[0].path=/api/me", "auth-starter.rules[0].scopes=by-path",
				"auth-starter.rules[1].path=/api/by-path/written", "auth-starter.rules[1].methods=POST",
				"auth-starter.rules[1].scopes=post");
		assertThat(security(document, "/me")).isEqualTo("[{\"accessToken\":[\"by-path\"]}]");
		JsonNode post = document.get("paths").get("/by-path/written").get("post");
		assertThat(post.get("security").toString()).isEqualTo("[{\"accessToken\":[\"own\",\"post\"]}]");
	}

	@Test
	void saysThatUndeclaredHandlersAreDenied() {
		JsonNode get = document(Empty.class, "auth-starter.undeclared-handlers=deny").get("paths")
			.get("/me")
			.get("get");
		assertThat(get.get("description").asString()).startsWith("Denied to every caller");
		assertThat(get.get("security").toString()).isEqualTo(TOKEN);
	}

	/** As without this library's part in the document. */
	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void leavesHandlersOfSpringdocAsTheyAre(WebApplicationType stack) {
		for (String enabled : new String[] { "true", "false" }) {
			DocumentedApi.call(stack, Empty.class, (calls) -> {
				String token = TestToken.validAt(TestApi.NOW).signed();
				assertThat(calls.answer("/v3/api-docs", token)).isEqualTo("403 access_denied");
				assertThat(calls.get("/v3/api-docs").statusCode()).isEqualTo(401);
			}, "auth-starter.undeclared-handlers=deny", "auth-starter.public-paths=/public/**",
					"auth-starter.openapi.enabled=" + enabled);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void startsWhereEveryHandlerIsDeclared(WebApplicationType stack) {
		DocumentedApi.call(stack, Empty.class,
				(calls) -> assertThat(calls.get("/v3/api-docs").statusCode()).isEqualTo(200),
				"auth-starter.undeclared-handlers=fail-start", "auth-starter.public-paths=/v3/**, /public/**",
				"auth-starter.rules[0].path=/me", "auth-starter.rules[0].scopes=x", "auth-starter.rules[1].path=/fails",
				"auth-starter.rules[1].scopes=x");
	}

	@Test
	void isCompleteWhereTheDocumentIsMadeAtTheStart() {
		JsonNode document = document(Empty.class, "springdoc.pre-loading-enabled=true");
		assertThat(security(document, NOTES)).isEqualTo("[{\"accessToken\":[\"read:notes\"]}]");
	}

	@Test
	void canBeSwitchedOff() {
		JsonNode document = document(Empty.class, "auth-starter.openapi.enabled=false");
		assertThat(document.at("/components").has("securitySchemes")).isFalse();
		assertThat(document.get("paths").get("/me").get("get").has("security")).isFalse();
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void startsWithSpringdocSwitchedOff(WebApplicationType stack) {
		DocumentedApi.call(stack, Empty.class,
				(calls) -> assertThat(calls.get("/v3/api-docs").statusCode()).isEqualTo(404),
				"springdoc.api-docs.enabled=false");
	}

	/** With springdoc, it is missed what all other auto-configurations make. */
	@Test
	void isOfNoAccountWithoutSpringdoc() {
		WebApplicationContextRunner runner = new WebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(OpenApiAutoConfiguration.class));
		for (String missing : List.of("org.springdoc", "io.swagger")) {
			runner.withClassLoader(new FilteredClassLoader(missing))
				.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(OpenApiAutoConfiguration.class));
		}
		runner.run((context) -> assertThat(context).hasFailed());
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void startsWithoutJarsOfSpringdoc(WebApplicationType stack) throws Exception {
		try (SlimClassPath classPath = new SlimClassPath("springdoc", "swagger")) {
			assertThat(classPath.call(PlainApi.class, "status", "--server.port=0",
					"--spring.main.web-application-type=" + stack, "--auth-starter.issuer=" + TestToken.ISSUER,
					"--auth-starter.audience=" + TestToken.AUDIENCE))
				.isEqualTo(401);
		}
	}

	private static JsonNode document(Class<?> configuration, String... properties) {
		return document("/v3/api-docs", configuration, properties);
	}

	/** Return the document, which is the same on both stacks. */
	private static JsonNode document(String path, Class<?> configuration, String... properties) {
		JsonNode document = DocumentedApi.document(WebApplicationType.SERVLET, path, configuration, properties);
		assertThat(DocumentedApi.document(WebApplicationType.REACTIVE, path, configuration, properties))
			.isEqualTo(document);
		return document;
	}

	private static String security(JsonNode document, String path) {
		return document.get("paths").get(path).get("get").get("security").toString();
	}

	@Configuration(proxyBeanMethods = false)
	static class Empty {

	}

	@Configuration(proxyBeanMethods = false)
	static class PatternRoutes {

		@Bean
		RouterFunction<ServerResponse> ruled() {
			return RouteRule.scopes("routes")
				.around(SpringdocRouteBuilder.route()
					.GET("/ruled/{id:[0-9]+}", (request) -> ServerResponse.ok().build(),
							(operation) -> operation.operationId("ruled"))
					.build());
		}

		@Bean
		RouterFunction<ServerResponse> notes() {
			return SpringdocRouteBuilder.route()
				.GET("/public/{organizationId:org_[a-z]+}/notes", (request) -> ServerResponse.ok().build(),
						(operation) -> operation.operationId("notes"))
				.GET("/rest/{*all}", (request) -> ServerResponse.ok().build(),
						(operation) -> operation.operationId("rest"))
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Resolved {

		@Bean
		IssuerResolver issuerResolver() {
			return (issuer) -> null;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Grouped {

		@Bean
		GroupedOpenApi notes() {
			return GroupedOpenApi.builder().group("notes").pathsToMatch("/organizations/**").build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Described {

		@Bean
		OpenAPI openApi() {
			return new OpenAPI().components(new Components()
				.addSecuritySchemes("accessToken",
						new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer").description("Pasted."))
				.addResponses("Refusal401", new ApiResponse().description("Log in.")));
		}

		@Bean
		OperationCustomizer operationCustomizer() {
			return (operation, handler) -> {
				operation.setDescription("Of ours.");
				operation.getResponses().addApiResponse("503", new ApiResponse().description("Later."));
				return operation;
			};
		}

		@RestController
		static class ProblemController {

			@GetMapping("/problem")
			Problem problem() {
				return new Problem(2);
			}

		}

	}

	/**
	 * Of mathematics.
	 */
	record Problem(int degree) {

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnBodies {

		@Bean
		RefusalBodyCustomizer bodies() {
			return (refusal, locale, problem) -> Map.of("error", refusal.reason().code());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Routes {

		@Bean
		@RouterOperation(operation = @io.swagger.v3.oas.annotations.Operation(operationId = "routed"))
		RouterFunction<ServerResponse> routed() {
			return RouteRule.scopes("routes")
				.around(RouterFunctions.route().GET("/routed", (request) -> ServerResponse.ok().build()).build());
		}

		@Bean
		RouterFunction<ServerResponse> silent() {
			return RouteRule.scopes("silent")
				.around(RouterFunctions.route().GET("/silent", (request) -> ServerResponse.ok().build()).build());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Chains {

		@Bean
		@Order(1)
		SecurityFilterChain sessions(HttpSecurity http) {
			return http.securityMatcher("/session/**")
				.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
				.formLogin(Customizer.withDefaults())
				.build();
		}

		@Bean
		@Order(2)
		SecurityFilterChain own(HttpSecurity http) {
			return http.securityMatcher("/own/**")
				.authorizeHttpRequests(
						(requests) -> requests.requestMatchers("/own/open").permitAll().anyRequest().authenticated())
				.oauth2ResourceServer((resourceServer) -> resourceServer.jwt(Customizer.withDefaults()))
				.build();
		}

		@RestController
		static class Pages {

			@GetMapping("/session/page")
			void page() {
			}

			@GetMapping("/own/open")
			void open() {
			}

			@GetMapping("/own/closed")
			void closed() {
			}

		}

	}

	/**
	 * Started in a class loader of its own.
	 */
	public static final class PlainApi {

		private PlainApi() {
		}

		public static Object status(String... arguments) {
			// A factory can be set once in a JVM, and the Tomcat of another class loader
			// did.
			TomcatURLStreamHandlerFactory.disable();
			try (ConfigurableApplicationContext context = new SpringApplicationBuilder(TestApi.class).run(arguments)) {
				int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
				return new HttpCalls(port).get("/me").statusCode();
			}
		}

	}

}
