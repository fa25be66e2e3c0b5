package dev.authstarter.token;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.authstarter.fixture.ApiTest;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.JsonServer;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * JWT and opaque tokens in one API, over HTTP.
 */
@ApiTest(value = TestApi.class, properties = { "auth-starter.introspection.client-id=api",
		"auth-starter.introspection.client-secret=secret", "auth-starter.introspection.time-to-live=0" })
class OpaqueTokenTests {

	private static final String NOTES = "/organizations/org_acme/notes";

	private static final JsonServer SERVER = new JsonServer("/introspect");

	private static final TestToken VALID = TestToken.validAt(TestApi.NOW).with("active", true);

	@Autowired
	HttpCalls http;

	@DynamicPropertySource
	static void introspectHere(DynamicPropertyRegistry registry) {
		registry.add("auth-starter.introspection.uri", () -> SERVER.uri("/introspect"));
	}

	@AfterAll
	static void close() {
		SERVER.close();
	}

	@Test
	void acceptsActiveToken() {
		SERVER.answer(200, VALID.claimsJson());
		assertThat(this.http.getWithToken(NOTES, "opaque").statusCode()).isEqualTo(200);
		assertThat(this.http.getWithToken("/me", "opaque").body()).contains("auth0|42", "SCOPE_read:notes");
	}

	@Test
	void acceptsAnswerWithoutIssuer() {
		SERVER.answer(200, VALID.without("iss").claimsJson());
		assertThat(this.http.getWithToken(NOTES, "opaque").statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a.b", "a.b.c.d", "a.b.c.d.e", "v4.local.cGF5bG9hZA.Zm9vdGVy", "ory_at_Zm9v.YmFy" })
	void asksAboutOpaqueTokenOfSeveralParts(String token) {
		SERVER.answer(200, VALID.claimsJson());
		assertThat(this.http.getWithToken(NOTES, token).statusCode()).isEqualTo(200);
	}

	/** The first is {@code {"alg":"dir","enc":"A256GCM"}}. */
	@ParameterizedTest
	@ValueSource(strings = { "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0.b.c.d.e",
			"eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..c.d.e", "eyJhbGciOiJkaXIifQ.b.c.d.1", "eyJhbGciOiJkaXIifQ.b.c.d",
			"eyJhbGciOiJkaXIifQ.b", "eyJhbGciOiJkaXIifQ", "eyJhbGciOiJkaXIif.b.c.d.1", "eyJ.b.c",
			"eyJhbGciOiJkaXIifQ..", "e30.b.c", "a.b.c" })
	void doesNotIntrospectTextWithJoseHeader(String text) {
		int before = SERVER.questions().size();
		SERVER.answer(200, VALID.claimsJson());
		assertRefused(this.http.getWithToken(NOTES, text), 401, "malformed_token");
		assertThat(SERVER.questions()).hasSize(before);
	}

	@Test
	void verifiesJwtWithoutAsking() {
		int before = SERVER.questions().size();
		assertThat(this.http.getWithToken(NOTES, VALID.signed()).statusCode()).isEqualTo(200);
		assertThat(this.http.getWithToken(NOTES, "a.b.c").statusCode()).isEqualTo(401);
		assertThat(SERVER.questions()).hasSize(before);
	}

	@Test
	void holdsAnswersToTheTokenPolicy() {
		for (Map.Entry<String, TestToken> broken : Map
			.of("wrong_issuer", VALID.with("iss", "https://evil.example/"), "wrong_audience",
					VALID.with("aud", "https://other.example"), "token_expired", VALID.with("exp", 1).with("iat", 0),
					"missing_expiry", VALID.without("exp"), "token_not_yet_valid", VALID.with("nbf", 99_999_999_999L),
					"refresh_token", VALID.with("typ", "Refresh"), "unproven_possession",
					VALID.with("cnf", Map.of("jkt", "x")), "inactive_token", VALID.with("active", "true"),
					"malformed_token", VALID.with("exp", "tomorrow"))
			.entrySet()) {
			SERVER.answer(200, broken.getValue().claimsJson());
			assertRefused(this.http.getWithToken(NOTES, broken.getKey()), 401, broken.getKey());
		}
	}

	@Test
	void holdsCallersToTheRules() {
		SERVER.answer(200, VALID.with("scope", "write:notes").claimsJson());
		assertRefused(this.http.getWithToken(NOTES, "opaque"), 403, "insufficient_scope");
		SERVER.answer(200, VALID.claimsJson());
		assertRefused(this.http.getWithToken("/organizations/org_globex/notes", "opaque"), 403,
				"organization_mismatch");
	}

	@Test
	void survivesAnswersOfAnyShape() {
		int tokens = 0;
		for (Object value : List.of(1, true, List.of(), Map.of(), List.of(Map.of("a", 1)), "")) {
			for (String claim : VALID.claims().keySet()) {
				SERVER.answer(200, JSONObjectUtils.toJSONString(VALID.with(claim, value).claims()));
				assertThat(this.http.getWithToken(NOTES, "shape" + tokens++).statusCode()).isIn(200, 401, 403);
			}
		}
	}

	@Test
	void answers503WhenTheIssuerFails() {
		SERVER.answer(500, "{}");
		HttpResponse<String> response = this.http.getWithToken(NOTES, "opaque");
		assertRefused(response, 503, "introspection_unavailable");
		assertThat(response.headers().firstValue("Retry-After")).contains("5");
		assertThat(response.headers().firstValue("WWW-Authenticate")).isEmpty();
	}

	private static void assertRefused(HttpResponse<String> response, int status, String reason) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
		assertThat(HttpCalls.json(response)).containsEntry("reason", reason);
	}

}
