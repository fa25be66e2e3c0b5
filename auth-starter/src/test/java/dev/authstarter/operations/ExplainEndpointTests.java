package dev.authstarter.operations;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.authstarter.AccessToken;
import dev.authstarter.claims.AccessTokenCustomizer;
import dev.authstarter.fixture.ApiTest;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.actuate.web.exchanges.HttpExchange;
import org.springframework.boot.actuate.web.exchanges.InMemoryHttpExchangeRepository;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The explanation of a token for operators; nothing of the token is stored.
 */
@ApiTest(value = AuditedApi.class,
		properties = { "management.endpoints.web.exposure.include=*",
				"management.endpoint.authexplain.access=unrestricted",
				"management.httpexchanges.recording.include=request-headers,response-headers,authorization-header",
				"auth-starter.claims.permissions=", "logging.level.org.springframework.web=trace",
				"logging.level.org.springframework.security=trace", "logging.level.org.springframework.boot=trace",
				"logging.level.dev.authstarter=trace", "server.servlet.context-path=/api" })
@Import(ExplainEndpointTests.Watching.class)
@ExtendWith(OutputCaptureExtension.class)
class ExplainEndpointTests {

	private static final String PATH = "/api/actuator/authexplain";

	private static final String NOTES = "/organizations/org_acme/notes";

	private static final String UNREADABLE = "unreadable";

	@Autowired
	HttpCalls http;

	@Autowired
	ApplicationContext api;

	private final TestToken valid = TestToken.validAt(TestApi.NOW);

	private final String operator = this.valid.with("sub", "operator").with("scope", "operations").signed();

	@Test
	void explainsTokenThatIsAccepted() {
		Map<String, Object> answer = explain(this.valid.signed());
		assertThat(answer).containsEntry("accepted", true)
			.containsEntry("allowed", null)
			.containsEntry("hence", null)
			.containsOnlyKeys("accepted", "allowed", "hence", "steps");
		assertThat(steps(answer)).contains(
				step("Audience", "one of [https://api.example]", "[https://api.example]", null),
				step("Caller", null, "'auth0|42', a user, by the client 'clinic-spa'", null));
	}

	@Test
	void readsTokenAsItStandsInTheHeader() {
		assertThat(explain(" Bearer " + this.valid.signed() + "\n")).containsEntry("accepted", true);
	}

	@Test
	void saysWhatWasExpectedAndFound() {
		Map<String, Object> answer = explain(this.valid.with("aud", "https://other.example").signed());
		assertThat(answer).containsEntry("accepted", false)
			.containsEntry("allowed", null)
			.containsEntry("hence", Map.of("reason", "wrong_audience", "status", 401L, "description",
					"The token is meant for another audience", "required", List.of()));
		assertThat(steps(answer))
			.contains(step("Audience", "one of [https://api.example]", "[https://other.example]", null));
	}

	@Test
	void namesTheDifferenceOfOneSlash() {
		assertThat(steps(explain(this.valid.with("iss", "https://issuer.example").signed())))
			.contains(step("Issuer", "one of ['https://issuer.example/']", "'https://issuer.example'",
					"They differ only in the slash at the end."));
	}

	@Test
	void saysThatNoClaimIsReadWhereSelectorsAreEmpty() {
		assertThat(steps(explain(this.valid.without("roles").signed()))).contains(
				step("Permissions", "none, since 'auth-starter.claims.permissions' names no claim", "none", null),
				step("Roles", "some in [roles]", "none", null));
	}

	@Test
	void explainsWhatIsNoToken() {
		assertThat(explain("opaque")).extractingByKey("hence").asString().contains("malformed_token");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			GET    | /organizations/org_acme/notes   |            | null                  | true
			POST   | /organizations/org_acme/notes   |            | insufficient_scope    | false
			DELETE | /organizations/org_acme/notes/1 |            | insufficient_role     | false
			GET    | /permitted                      |            | insufficient_permission | false
			GET    | /machines                       |            | wrong_caller          | false
			GET    | /organizations/org_globex/notes |            | organization_mismatch | false
			GET    | /organizations/org_acme/notes   | org_globex | organization_ambiguous | false
			GET    |                                 | org_globex | organization_mismatch | false
			GET    |                                 | org_acme   | null                  | true
			GET    | /public/notes                   |            | null                  | true
			GET    | /me                             |            | null                  | true
			GET    | nowhere                         |            | null                  | null
			""")
	void saysWhetherCallWouldBeLetThrough(String method, @Nullable String path, @Nullable String organization,
			String reason, String allowed) {
		Map<String, Object> answer = explain(this.valid.signed(), "method", method, "path", path, "organization",
				organization);
		assertThat(answer).containsEntry("accepted", true);
		assertThat(String.valueOf(answer.get("allowed"))).isEqualTo(allowed);
		assertThat(reason(answer)).isEqualTo(reason);
		if (path != null && allowed.equals("false")) {
			// The API returns the same reason, except for the call that names two.
			HttpRequest.Builder request = this.http.request("/api" + path)
				.method(method, BodyPublishers.noBody())
				.header("Authorization", "Bearer " + this.valid.signed());
			if (organization == null) {
				assertThat(HttpCalls.json(this.http.send(request))).containsEntry("reason", reason);
			}
		}
	}

	@Test
	void saysWhichKindOfRightIsMissing() {
		assertThat(steps(explain(this.valid.signed(), "method", "POST", "path", NOTES))).contains(
				step("Rule of the handler", null, "scope write:notes", null),
				step("Scope", "[write:notes]", "[read:notes]", null));
		assertThat(steps(explain(this.valid.signed(), "method", "DELETE", "path", NOTES + "/1")))
			.contains(step("Role", "[owner]", "[editor]", null));
		assertThat(steps(explain(this.valid.signed(), "path", "/organizations/org_globex/notes")))
			.contains(step("Organization", "'org_globex' among those of the token", "[org_acme]", null));
	}

	@Test
	void leavesOpenWhatMachinesWithoutOrganizationMay() {
		Map<String, Object> answer = explain(
				this.valid.with("sub", "clinic-spa").without("org_id").with("scope", "read:notes").signed(), "path",
				NOTES);
		assertThat(answer).containsEntry("accepted", true).containsEntry("allowed", null);
		assertThat(steps(answer).toString()).contains("auth-starter.organization.cross-organization-scope");
	}

	@Test
	void letsNoCallOfRefusedTokenThrough() {
		assertThat(explain(this.valid.with("aud", "x").signed(), "path", NOTES)).containsEntry("allowed", false);
	}

	@Test
	void explainsToNoOtherCaller() {
		String body = JSONObjectUtils.toJSONString(Map.of("token", this.valid.signed()));
		HttpResponse<String> ordinary = post(PATH, body, this.valid.signed());
		assertThat(ordinary.statusCode()).isEqualTo(403);
		assertThat(HttpCalls.json(ordinary)).containsEntry("reason", "access_denied");
		HttpResponse<String> anonymous = this.http.send(
				this.http.request(PATH).POST(BodyPublishers.ofString(body)).header("Content-Type", "application/json"));
		assertThat(anonymous.statusCode()).isEqualTo(401);
		assertThat(HttpCalls.json(anonymous)).containsEntry("reason", "missing_token");
	}

	@Test
	void isNothingToRead() {
		assertThat(this.http.getWithToken(PATH, this.operator).statusCode()).isEqualTo(405);
	}

	@Test
	void wantsToken() {
		assertThat(post(PATH, "{}", this.operator).statusCode()).isEqualTo(400);
		assertThat(post(PATH, "", this.operator).statusCode()).isEqualTo(400);
	}

	@Test
	void readsNoTokenOfMoreCharactersThanAreAccepted() {
		Map<String, Object> answer = explain("e".repeat(100_000));
		assertThat(reason(answer)).isEqualTo("token_too_long");
		assertThat(steps(answer)).containsExactly(step("Length", "at most 16384 characters", "100000", null));
	}

	@Test
	void readsNoEndlessBody(CapturedOutput output) {
		String body = "{\"token\":\"" + "e".repeat(ExplainRequestGuard.MAXIMUM_BODY) + "\"}";
		assertThat(post(PATH, body, this.operator).statusCode()).isEqualTo(400);
		assertThat(output.getAll()).contains("The body must have no more than 262144 bytes");
	}

	@Test
	void takesNothingFromTheQuery() {
		String secret = secret();
		assertThat(post(PATH + "?token=" + secret, "{}", this.operator).statusCode()).isEqualTo(400);
		assertThat(post(PATH + "?method=GET", JSONObjectUtils.toJSONString(Map.of("token", secret)), this.operator)
			.statusCode()).isEqualTo(400);
		assertThat(post(PATH + "?token=" + secret, "", this.operator).statusCode()).isEqualTo(400);
		assertThat(this.http
			.send(this.http.request(PATH + "?token=" + secret)
				.POST(BodyPublishers.noBody())
				.header("Authorization", "Bearer " + this.operator))
			.statusCode()).isEqualTo(415);
	}

	private String secret() {
		String token = this.valid.with("sub", "user-4711").with("iat", TestApi.NOW.getEpochSecond() - 1).signed();
		assertThat(token.split("\\.", -1)).hasSize(3);
		return token;
	}

	@ParameterizedTest
	@MethodSource("shapes")
	void leavesTheTokenNowhere(String shape, CapturedOutput output) {
		double before = counted();
		// Warms up, so that the operator's own token is cached.
		explain(this.valid.signed());
		double ofOperator = counted() - before;
		double counted = counted();
		double remembered = remembered();
		String secret = secret();
		HttpResponse<String> response = post(PATH, shape.replace("%s", secret), this.operator);
		assertThat(response.statusCode()).isIn(200, 400);
		String[] parts = secret.split("\\.", -1);
		assertThat(response.body()).doesNotContain(parts[1], parts[2]);
		assertThat(output.getAll()).contains("authexplain").doesNotContain(parts[1], parts[2], "user-4711");
		assertThat(counted()).isEqualTo(counted + ofOperator);
		assertThat(remembered()).isEqualTo(remembered);
		assertThat(this.api.getBean(InMemoryHttpExchangeRepository.class).findAll()).isNotEmpty()
			.allSatisfy((exchange) -> assertThat(shown(exchange)).doesNotContain(parts[1], parts[2], "user-4711"));
		assertThat(metersNaming("user-4711")).isEmpty();
	}

	static List<String> shapes() {
		return List.of("{\"token\":\"%s\"}", "{\"token\":\"%s\",\"path\":\"/me\"}", "{\"token\":\"Bearer %s\"}",
				"{\"token\":\"%s\",\"token\":\"%s\"}", "{\"token\":%s}", "%s", "\"%s\"", "[\"%s\"]",
				"{\"token\":[\"%s\"]}", "{\"token\":{\"value\":\"%s\"}}", "{\"token\":\"%s", "{'token':'%s'}",
				"{\"token\":\"%s\"} %s", "{\"%s\":1}");
	}

	@Test
	void quotesNoParserThatQuotesTheBody(CapturedOutput output) {
		assertThat(post(PATH, "{\"token\": s3cr3tOpaqueToken}", this.operator).statusCode()).isEqualTo(400);
		assertThat(post(PATH, "s3cr3tOpaqueToken", this.operator).statusCode()).isEqualTo(400);
		assertThat(output.getAll()).contains("HttpMessageNotReadableException").doesNotContain("s3cr3t");
	}

	@Test
	void quotesNoExceptionOfTheApplication(CapturedOutput output) {
		Map<String, Object> answer = explain(this.valid.with("sub", UNREADABLE).signed());
		assertThat(answer).containsEntry("accepted", false);
		assertThat(steps(answer)).containsExactly(step("Explanation", null, null,
				"There is none, because a component that reads the token throws java.lang.IllegalStateException."));
		assertThat(output.getAll()).doesNotContain(UNREADABLE);
	}

	private static String shown(HttpExchange exchange) {
		return exchange.getRequest().getUri() + " " + exchange.getRequest().getHeaders() + " "
				+ exchange.getResponse().getHeaders();
	}

	private double counted() {
		return Meters.of(this.api, "auth.tokens", (reason) -> true);
	}

	private double remembered() {
		return this.api.getBean(MeterRegistry.class).get("cache.size").tag("cache", "auth.tokens").gauge().value();
	}

	private List<String> metersNaming(String text) {
		return this.api.getBean(MeterRegistry.class)
			.getMeters()
			.stream()
			.map((meter) -> meter.getId().toString())
			.filter((id) -> id.contains(text))
			.toList();
	}

	private Map<String, Object> explain(String token, @Nullable String... members) {
		Map<String, Object> body = new LinkedHashMap<>(Map.of("token", token));
		for (int i = 0; i < members.length; i += 2) {
			String value = members[i + 1];
			if (value != null) {
				body.put(String.valueOf(members[i]), value);
			}
		}
		HttpResponse<String> response = post(PATH, JSONObjectUtils.toJSONString(body), this.operator);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		assertThat(response.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
		return HttpCalls.json(response);
	}

	private HttpResponse<String> post(String path, String body, String token) {
		return this.http.send(this.http.request(path)
			.POST(BodyPublishers.ofString(body))
			.header("Content-Type", "application/json")
			.header("Authorization", "Bearer " + token));
	}

	private static String reason(Map<String, Object> answer) {
		return (answer.get("hence") instanceof Map<?, ?> hence) ? String.valueOf(hence.get("reason")) : "null";
	}

	private static List<Object> steps(Map<String, Object> answer) {
		return List.copyOf((List<?>) Objects.requireNonNull(answer.get("steps")));
	}

	private static Map<String, @Nullable Object> step(String about, @Nullable String expected, @Nullable String found,
			@Nullable String hint) {
		Map<String, @Nullable Object> step = new LinkedHashMap<>();
		step.put("about", about);
		step.put("expected", expected);
		step.put("found", found);
		step.put("hint", hint);
		return step;
	}

	/**
	 * Beans that record requests, and a decoder that quotes invalid tokens.
	 */
	@TestConfiguration(proxyBeanMethods = false)
	static class Watching {

		@Bean
		InMemoryHttpExchangeRepository exchanges() {
			return new InMemoryHttpExchangeRepository();
		}

		@Bean
		AccessTokenCustomizer decoder() {
			return Watching::decode;
		}

		private static AccessToken decode(AccessToken token) {
			if (token.subject().equals(UNREADABLE)) {
				throw new IllegalStateException("Cannot read " + token.claims());
			}
			return token;
		}

	}

}
