package dev.authstarter.introspection;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.authstarter.fixture.ApiTest;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.JsonServer;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestClock;
import dev.authstarter.fixture.TestKey;
import dev.authstarter.fixture.TestToken;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * JWTs that are verified and introspected, over HTTP, in the format of Keycloak, whose
 * lightweight access tokens contain only a few claims.
 */
@ApiTest(value = TestApi.class,
		properties = { "auth-starter.provider=keycloak", "auth-starter.introspection.tokens=all",
				"auth-starter.introspection.client-id=api", "auth-starter.introspection.client-secret=secret",
				"auth-starter.introspection.time-to-live=10s" })
class IntrospectedJwtTests {

	private static final String NOTES = "/organizations/org_acme/notes";

	private static final JsonServer SERVER = new JsonServer("/introspect");

	private static final AtomicInteger TOKENS = new AtomicInteger();

	@Autowired
	HttpCalls http;

	@Autowired
	TestClock clock;

	@DynamicPropertySource
	static void introspectHere(DynamicPropertyRegistry registry) {
		registry.add("auth-starter.introspection.uri", () -> SERVER.uri("/introspect"));
	}

	@AfterAll
	static void close() {
		SERVER.close();
	}

	@BeforeEach
	void callTheApi() {
		SERVER.answer(200, "{\"active\":false}");
		SERVER.questions().clear();
	}

	@Test
	void answerCompletesLightweightToken() {
		TestToken token = lightweight();
		answer(token, Map.of());
		assertThat(this.http.answer(NOTES, token.signed())).isEqualTo("200");
		assertThat(this.http.getWithToken("/me", token.signed()).body()).contains("\"subject\":\"alice\"",
				"SCOPE_read:notes", "ROLE_editor");
		assertThat(SERVER.questions()).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "active | false | 401 inactive_token", "active | \"true\" | 401 inactive_token",
					"iss | \"https://evil.example/\" | 401 wrong_issuer", "sub | \"bob\" | 401 inactive_token",
					"azp | \"other\" | 401 inactive_token", "jti | \"other\" | 401 inactive_token",
					"token_type | \"Refresh\" | 401 refresh_token", "token_type | \"DPoP\" | 401 unproven_possession",
					"token_use | \"refresh_token\" | 401 refresh_token",
					"cnf | {\"jkt\":\"x\"} | 401 unproven_possession", "nbf | 99999999999 | 401 token_not_yet_valid" })
	void answerRefuses(String member, String value, String expected) throws Exception {
		TestToken token = lightweight().with("sub", "alice");
		answer(token, Map.of());
		assertThat(this.http.answer("/me", token.signed())).isEqualTo("200");
		TestToken another = lightweight().with("sub", "alice");
		Map<String, @Nullable Object> changes = new LinkedHashMap<>();
		changes.put(member, JSONObjectUtils.parse("{\"value\":" + value + "}").get("value"));
		answer(another, changes);
		assertThat(this.http.answer("/me", another.signed())).isEqualTo(expected);
	}

	@Test
	void answerOverridesNothingThatIsSigned() {
		TestToken token = lightweight().with("scope", "read:notes")
			.with("realm_access", Map.of("roles", List.of("reader")))
			.with("exp", TestApi.NOW.getEpochSecond() + 20);
		answer(token, Map.of("scope", "read:notes write:notes", "realm_access", Map.of("roles", List.of("owner")),
				"exp", 99_999_999_999L));
		assertThat(this.http.getWithToken("/me", token.signed()).body()).contains("SCOPE_read:notes", "ROLE_reader")
			.doesNotContain("write:notes", "ROLE_owner");
	}

	@Test
	void answerDoesNotMendWhatIsSigned() {
		TestToken token = lightweight().with("aud", "https://other.example");
		answer(token, Map.of());
		assertThat(this.http.answer("/me", token.signed())).isEqualTo("401 wrong_audience");
		assertThat(this.http.answer("/me", lightweight().without("exp").signed())).isEqualTo("401 missing_expiry");
		assertThat(this.http.answer("/me", lightweight().with("exp", 2).with("iat", 1).signed()))
			.isEqualTo("401 token_expired");
		assertThat(this.http.answer("/me", lightweight().with("iss", "https://evil.example/").signed()))
			.isEqualTo("401 wrong_issuer");
		assertThat(this.http.answer("/me", lightweight().with("typ", "ID").signed())).isEqualTo("401 id_token");
		assertThat(SERVER.questions()).isEmpty();
	}

	@Test
	void doesNotIntrospectTokenThatTheIssuerDidNotSign() {
		assertThat(this.http.answer("/me", lightweight().signedBy(TestKey.OTHER_RSA, JWSAlgorithm.RS256)))
			.isEqualTo("401 bad_signature");
		assertThat(this.http.answer("/me", "a.b.c")).isEqualTo("401 malformed_token");
		assertThat(SERVER.questions()).isEmpty();
	}

	@Test
	void tokenIsRefusedAsSoonAsTheIssuerHasRevokedIt() {
		TestToken token = lightweight();
		String signed = token.signed();
		answer(token, Map.of());
		assertThat(this.http.answer("/me", signed)).isEqualTo("200");
		assertThat(this.http.answer("/me", signed)).isEqualTo("200");
		assertThat(SERVER.questions()).hasSize(1);
		SERVER.answer(200, "{\"active\":false}");
		this.clock.advance(Duration.ofSeconds(10));
		assertThat(this.http.answer("/me", signed)).isEqualTo("401 inactive_token");
	}

	@Test
	void issuerIsNotAskedAboutRememberedTokenWhoseTimeIsOver() {
		TestToken token = lightweight();
		String signed = token.signed();
		answer(token, Map.of());
		assertThat(this.http.answer("/me", signed)).isEqualTo("200");
		SERVER.questions().clear();
		SERVER.answer(500, "{}");
		this.clock.advance(Duration.ofHours(1));
		assertThat(this.http.answer("/me", signed)).isEqualTo("401 token_expired");
		this.clock.advance(Duration.ofHours(-1));
		assertThat(SERVER.questions()).isEmpty();
	}

	@Test
	void renewedAnswerCounts() {
		TestToken token = lightweight();
		String signed = token.signed();
		answer(token, Map.of());
		assertThat(this.http.getWithToken("/me", signed).body()).contains("ROLE_editor");
		answer(token, Map.of("realm_access", Map.of("roles", List.of("reader"))));
		this.clock.advance(Duration.ofSeconds(6));
		assertThat(this.http.getWithToken("/me", signed).body()).contains("ROLE_editor");
		await().untilAsserted(() -> assertThat(this.http.getWithToken("/me", signed).body()).contains("ROLE_reader")
			.doesNotContain("ROLE_editor"));
		assertThat(SERVER.questions()).hasSize(2);
	}

	@Test
	void unavailableEndpointIsAFaultOfTheServer() {
		SERVER.answer(500, "{}");
		assertThat(this.http.answer("/me", lightweight().signed())).isEqualTo("503 introspection_unavailable");
		answer(lightweight(), Map.of());
		assertThat(this.http.answer("/me", "opaque-" + TOKENS.incrementAndGet())).isEqualTo("200");
	}

	/** The claims of a lightweight token of Keycloak 26. */
	private TestToken lightweight() {
		long now = this.clock.instant().getEpochSecond();
		return TestToken.validAt(this.clock.instant())
			.withType("JWT")
			.without("aud")
			.without("sub")
			.without("client_id")
			.without("scope")
			.without("roles")
			.without("org_id")
			.with("exp", now + 300)
			.with("jti", "onrtac:" + TOKENS.incrementAndGet())
			.with("typ", "Bearer")
			.with("azp", "clinic-spa")
			.with("sid", "c2a94f10");
	}

	private static void answer(TestToken token, Map<String, ? extends @Nullable Object> changes) {
		Map<String, @Nullable Object> answer = new LinkedHashMap<>(token.claims());
		answer.putAll(Map.of("active", true, "aud", List.of(TestToken.AUDIENCE), "sub", "alice", "client_id",
				"clinic-spa", "username", "alice", "token_type", "Bearer", "scope", "read:notes", "realm_access",
				Map.of("roles", List.of("editor")), "organization", Map.of("org_acme", Map.of("id", "1"))));
		answer.putAll(changes);
		SERVER.answer(200, JSONObjectUtils.toJSONString(answer));
	}

}
