package dev.authstarter.operations;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import dev.authstarter.fixture.ApiTest;
import dev.authstarter.fixture.Challenge;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an API publishes: its rules to operators, and its resource metadata to all
 * clients.
 */
@ApiTest(value = AuditedApi.class,
		properties = { "management.endpoints.web.exposure.include=*", "management.endpoint.authrules.access=read-only",
				"auth-starter.endpoints.authority=ROLE_operator",
				"auth-starter.resource-metadata.resource=https://api.example/v1" })
class RulesEndpointTests {

	private static final String METADATA = "/.well-known/oauth-protected-resource/v1";

	@Autowired
	HttpCalls http;

	private final TestToken valid = TestToken.validAt(TestApi.NOW);

	@Test
	void showsRulesToOperators() {
		HttpResponse<String> response = this.http.getWithToken("/actuator/authrules",
				this.valid.with("roles", List.of("operator")).signed());
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(HttpCalls.json(response).get("handlers")).asInstanceOf(InstanceOfAssertFactories.LIST)
			.contains(Map.of("kind", "CONTROLLER", "methods", List.of("GET"), "patterns",
					List.of("/organizations/{organizationId}/notes"), "name",
					"dev.authstarter.fixture.NoteController#list", "rule", "scope read:notes", "undeclared", false,
					"organizationScoped", true, "open", false, "enforced", true, "demands",
					Map.of("scopes", List.of(List.of("read:notes")), "roles", List.of(), "permissions", List.of(),
							"callers", List.of("USER", "MACHINE"), "delegation", "ALLOWED", "actors", List.of())));
	}

	@Test
	void showsRulesToNoOtherCaller() {
		assertThat(this.http.answer("/actuator/authrules", this.valid.signed())).isEqualTo("403 access_denied");
		assertThat(this.http.get("/actuator/authrules").statusCode()).isEqualTo(401);
	}

	@Test
	void saysHowToGetToken() {
		HttpResponse<String> response = this.http.get(METADATA);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(HttpCalls.json(response)).isEqualTo(Map.of("resource", "https://api.example/v1",
				"authorization_servers", List.of(TestToken.ISSUER), "scopes_supported",
				List.of("read:notes", "write:notes"), "bearer_methods_supported", List.of("header")));
		assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
		assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
	}

	@Test
	void believesNoHeaderWhereItIs() {
		HttpResponse<String> response = this.http.get(METADATA, "X-Forwarded-Host", "evil.example", "Forwarded",
				"host=evil.example", "Origin", "https://evil.example");
		assertThat(response.body() + response.headers().map()).doesNotContain("evil");
	}

	@Test
	void answersNothingBesideTheMetadata() {
		assertThat(this.http.get("/.well-known/oauth-protected-resource").statusCode()).isEqualTo(401);
		assertThat(this.http.get(METADATA + "/x").statusCode()).isEqualTo(401);
		assertThat(this.http.get("/.well-known/oauth-protected-resource/v2").statusCode()).isEqualTo(401);
	}

	@Test
	void saysInEveryChallengeWhereTheMetadataIs() {
		for (HttpResponse<String> response : List.of(this.http.get("/acting"),
				this.http.getWithToken("/acting", "a.b.c"),
				this.http.getWithToken("/organizations/org_acme/notes", this.valid.with("scope", "other").signed()))) {
			assertThat(Challenge.parse(response.headers().firstValue("WWW-Authenticate").orElseThrow()))
				.containsEntry("resource_metadata", "https://api.example" + METADATA);
		}
	}

	@Test
	void letsScriptsReadWhyTheyAreRefused() {
		for (HttpResponse<String> response : List.of(this.http.get("/shared", "Origin", "https://app.example"),
				this.http.get("/shared", "Origin", "https://app.example", "Authorization",
						"Bearer " + this.valid.signed()))) {
			assertThat(response.statusCode()).isIn(401, 403);
			assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).contains("https://app.example");
			assertThat(response.headers().allValues("Access-Control-Expose-Headers"))
				.containsExactly("WWW-Authenticate, Retry-After");
		}
	}

	@Test
	void exposesNothingToOtherOrigins() {
		assertThat(this.http.get("/shared", "Origin", "https://evil.example")
			.headers()
			.firstValue("Access-Control-Expose-Headers")).isEmpty();
		assertThat(this.http.get("/shared").headers().firstValue("Access-Control-Expose-Headers")).isEmpty();
	}

}
