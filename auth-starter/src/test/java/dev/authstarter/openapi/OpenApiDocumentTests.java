package dev.authstarter.openapi;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;

import dev.authstarter.AccessToken;
import dev.authstarter.CallerType;
import dev.authstarter.Organization;
import dev.authstarter.Reason;
import dev.authstarter.RequiresCaller;
import dev.authstarter.RequiresOrganization;
import dev.authstarter.RequiresPermission;
import dev.authstarter.RequiresRole;
import dev.authstarter.RequiresScope;
import dev.authstarter.fixture.ApiTest;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import jakarta.annotation.security.PermitAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The OpenAPI document over HTTP.
 */
@ApiTest(value = { TestApi.class, OpenApiDocumentTests.Handlers.class },
		properties = { "springdoc.api-docs.enabled=true", "springdoc.enable-hateoas=false",
				"springdoc.enable-data-rest=false", "auth-starter.public-paths=/v3/**, /public/**",
				"auth-starter.rules[0].path=/by-path/**", "auth-starter.rules[0].scopes=by-path",
				"auth-starter.rules[1].path=/by-path/written", "auth-starter.rules[1].methods=POST",
				"auth-starter.rules[1].roles=writer" })
class OpenApiDocumentTests {

	private final JsonNode document;

	OpenApiDocumentTests(@Autowired HttpCalls calls) {
		HttpResponse<String> response = calls.get("/v3/api-docs");
		assertThat(response.statusCode()).isEqualTo(200);
		this.document = JsonMapper.shared().readTree(response.body());
	}

	@Test
	void saysWhereTokensComeFrom() {
		JsonNode schemes = this.document.at("/components/securitySchemes");
		assertThat(schemes.propertyNames()).containsExactly("accessToken");
		assertThat(schemes.at("/accessToken/type").asString()).isEqualTo("openIdConnect");
		assertThat(schemes.at("/accessToken/openIdConnectUrl").asString())
			.isEqualTo("https://issuer.example/.well-known/openid-configuration");
	}

	@Test
	void distinguishesAllOfFromAnyOf() {
		JsonNode anyOf = operation("/any-of", "get");
		assertThat(security(anyOf)).isEqualTo("[{\"accessToken\":[\"a\",\"b\"]},{\"accessToken\":[\"a\",\"c\"]}]");
		assertThat(anyOf.get("x-required-scopes").toString()).isEqualTo("[[\"a\"],[\"b\",\"c\"]]");
		assertThat(anyOf.get("x-required-roles").toString()).isEqualTo("[[\"x\",\"y\"]]");
		assertThat(anyOf.get("x-required-permissions").toString()).isEqualTo("[[\"p\"]]");
		assertThat(anyOf.get("description").asString())
			.isEqualTo("Requires an access token with scope `a`, one of the scopes `b`, `c`, one of the roles `x`, `y` "
					+ "and permission `p`.");
	}

	@ParameterizedTest
	@CsvSource({ "/of-class, get, class", "/of-class, put, method", "/of-class, delete, class",
			"/numbers/{number}, get, numbers", "/rest/{rest}, get, rest", "/by-path/read, get, by-path",
			"/organizations/{organizationId}/notes, post, write:notes" })
	void namesTheScopeThatIsEnforced(String path, String method, String scope) {
		assertThat(security(operation(path, method))).isEqualTo("[{\"accessToken\":[\"" + scope + "\"]}]");
	}

	@Test
	void addsRulesByPathToTheMethodsTheyAreFor() {
		assertThat(operation("/by-path/written", "get").has("x-required-roles")).isFalse();
		JsonNode post = operation("/by-path/written", "post");
		assertThat(security(post)).isEqualTo("[{\"accessToken\":[\"own\",\"by-path\"]}]");
		assertThat(post.get("x-required-roles").toString()).isEqualTo("[[\"writer\"]]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/public/notes", "/public/permitted", "/permitted", "/public/two" })
	void demandsNothingOfCallersOfPublicHandlers(String path) {
		JsonNode get = operation(path, "get");
		assertThat(security(get)).isEqualTo("[]");
		assertThat(get.has("description")).isFalse();
		assertThat(get.get("responses").propertyNames()).containsExactly("200");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/me", "/two", "/public/stock", "/public/{organizationId}", "/required" })
	void demandsTokenWhereOneIsNeeded(String path) {
		JsonNode get = operation(path, "get");
		assertThat(security(get)).isEqualTo("[{\"accessToken\":[]}]");
		assertThat(get.get("description").asString()).startsWith("Requires an access token").doesNotContain("stock");
	}

	@Test
	void offersTheRulesOfAllHandlersOfAnOperation() {
		JsonNode post = operation("/kinds", "post");
		assertThat(security(post)).isEqualTo("[{\"accessToken\":[\"json\"]},{\"accessToken\":[\"text\"]}]");
		assertThat(post.get("description").asString()).startsWith("Depending on the request: ")
			.contains("scope `json`", "scope `text`");
		assertThat(post.has("x-required-scopes")).isFalse();
	}

	@Test
	void namesKindOfCaller() {
		JsonNode machines = operation("/machines", "get");
		assertThat(machines.get("description").asString()).isEqualTo("Requires an access token of a machine.");
		assertThat(machines.get("x-required-callers").toString()).isEqualTo("[\"machine\"]");
	}

	@Test
	void describesOrganizationThatNoParameterDescribes() {
		JsonNode list = operation("/organizations/{organizationId}/notes", "get");
		assertThat(list.get("parameters").findValuesAsString("name")).containsExactly("organizationId");
		assertThat(list.at("/parameters/0/required").asBoolean()).isTrue();
		assertThat(list.get("description").asString())
			.isEqualTo("Requires an access token with scope `read:notes`, for the organization in the path.");
	}

	@Test
	void leavesOutWhatTheTokenProvides() {
		assertThat(operation("/arguments", "post").get("parameters").findValuesAsString("name"))
			.containsExactly("query");
		assertThat(operation("/arguments", "post").has("requestBody")).isFalse();
		assertThat(operation("/parts", "post").at("/requestBody/content/multipart~1form-data/schema/properties")
			.propertyNames()).containsExactly("part");
		assertThat(operation("/form", "post").get("parameters").findValuesAsString("name")).containsExactly("field");
		assertThat(this.document.at("/components/schemas").propertyNames()).containsExactly("Problem");
	}

	@Test
	void describesRefusalsAsProblems() {
		JsonNode get = operation("/me", "get");
		assertThat(get.get("responses").propertyNames()).containsExactlyInAnyOrder("200", "400", "401", "403", "503");
		for (int status : List.of(400, 401, 403, 503)) {
			JsonNode response = this.document.at(get.at("/responses/" + status + "/$ref").asString().substring(1));
			JsonNode schema = response.at("/content/application~1problem+json/schema/allOf");
			assertThat(schema.at("/0/$ref").asString()).isEqualTo("#/components/schemas/Problem");
			assertThat(schema.at("/1/properties/reason/enum").valueStream().map(JsonNode::asString))
				.containsExactlyElementsOf(Reason.builtIn()
					.stream()
					.filter((reason) -> reason.status() == status)
					.map(Reason::code)
					.toList());
		}
		assertThat(this.document.at("/components/responses/Refusal401/headers").propertyNames())
			.containsExactly("WWW-Authenticate");
		assertThat(this.document.at("/components/responses/Refusal503/headers").propertyNames())
			.containsExactly("Retry-After");
	}

	/** What is documented is what is sent. */
	@Test
	void describesEveryMemberOfRefusals(@Autowired HttpCalls calls) {
		String token = TestToken.validAt(TestApi.NOW).with("scope", "other").signed();
		HttpResponse<String> response = calls.getWithToken("/organizations/org_acme/notes", token);
		assertThat(response.statusCode()).isEqualTo(403);
		JsonNode problem = this.document.at("/components/schemas/Problem");
		assertThat(problem.get("properties").propertyNames()).containsAll(HttpCalls.json(response).keySet());
		assertThat(HttpCalls.json(response).keySet())
			.containsAll(problem.get("required").valueStream().map(JsonNode::asString).toList());
	}

	@Test
	void keepsWhatTheApplicationSays() {
		JsonNode explained = operation("/explained", "get");
		assertThat(explained.get("description").asString()).isEqualTo("Explained.\n\nRequires an access token.");
		assertThat(explained.at("/responses/403/description").asString()).isEqualTo("Ours");
		assertThat(explained.at("/responses/401").has("$ref")).isTrue();
		assertThat(security(operation("/otherwise", "get"))).isEqualTo("[{\"other\":[]}]");
	}

	private JsonNode operation(String path, String method) {
		return this.document.get("paths").get(path).get(method);
	}

	private static String security(JsonNode operation) {
		return operation.get("security").toString();
	}

	@RestController
	@Import(OpenApiDocumentTests.OfClass.class)
	static class Handlers {

		@GetMapping("/any-of")
		@RequiresScope(value = "a", anyOf = { "b", "c" })
		@RequiresRole(anyOf = { "x", "y" })
		@RequiresPermission("p")
		void anyOf() {
		}

		@GetMapping("/machines")
		@RequiresCaller(CallerType.MACHINE)
		void machines() {
		}

		@GetMapping("/public/permitted")
		@PermitAll
		void permitted() {
		}

		@GetMapping("/permitted")
		@PermitAll
		void permittedByItself() {
		}

		@GetMapping("/public/stock")
		@PreAuthorize("hasAuthority('SCOPE_stock')")
		Mono<Void> stock() {
			return Mono.empty();
		}

		@GetMapping("/public/{organizationId}")
		void organization() {
		}

		@GetMapping("/by-path/read")
		void byPath() {
		}

		@RequestMapping(path = "/by-path/written", method = { RequestMethod.GET, RequestMethod.POST })
		@RequiresScope("own")
		void written() {
		}

		@GetMapping({ "/two", "/public/two" })
		void two() {
		}

		@GetMapping("/numbers/{number:[0-9]+}")
		@RequiresScope("numbers")
		void number(@PathVariable int number) {
		}

		@GetMapping("/rest/{*rest}")
		@RequiresScope("rest")
		void rest(@PathVariable String rest) {
		}

		@PostMapping(path = "/kinds", consumes = "text/plain")
		@RequiresScope("text")
		void text(@RequestBody String text) {
		}

		@PostMapping(path = "/kinds", consumes = "application/json")
		@RequiresScope("json")
		void json(@RequestBody List<String> json) {
		}

		@Operation(description = "Explained.", responses = @ApiResponse(responseCode = "403", description = "Ours"))
		@GetMapping("/explained")
		void explained() {
		}

		@SecurityRequirement(name = "other")
		@GetMapping("/otherwise")
		void otherwise() {
		}

		@PostMapping("/arguments")
		void arguments(AccessToken token, Organization organization, CallerType type, Optional<AccessToken> maybe,
				Optional<Organization> perhaps, Optional<String> query) {
		}

		@PostMapping(path = "/parts", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
		void parts(@RequestPart String part, Optional<AccessToken> maybe, AccessToken token) {
		}

		@PostMapping(path = "/form", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
		void form(String field, Optional<AccessToken> maybe, AccessToken token) {
		}

		@GetMapping("/required")
		@RequiresOrganization
		void required(Organization organization) {
		}

	}

	@RestController
	@RequestMapping("/of-class")
	@RequiresScope("class")
	static class OfClass {

		@GetMapping
		void get() {
		}

		@PutMapping
		@RequiresScope("method")
		void put() {
		}

		@DeleteMapping
		@RequiresRole("admin")
		void delete(Optional<CallerType> type) {
		}

	}

}
