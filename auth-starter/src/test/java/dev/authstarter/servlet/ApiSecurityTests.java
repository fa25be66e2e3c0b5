package dev.authstarter.servlet;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;

import dev.authstarter.fixture.ApiTest;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The default filter chain over HTTP, in particular where it differs from Spring Boot's.
 */
@ApiTest(value = TestApi.class,
		properties = { "auth-starter.public-paths=/public/**", "management.endpoint.health.probes.enabled=true" })
class ApiSecurityTests {

	private static final String NOTES = "/organizations/org_acme/notes";

	@Autowired
	HttpCalls http;

	private final TestToken valid = TestToken.validAt(TestApi.NOW);

	@Test
	void acceptsValidToken() {
		HttpResponse<String> response = this.http.getWithToken(NOTES, this.valid.signed());
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(HttpCalls.json(response)).containsEntry("organization", "org_acme");
	}

	@Test
	void handsTokenToStockAndOwnArguments() {
		HttpResponse<String> response = this.http.getWithToken("/me", this.valid.signed());
		assertThat(HttpCalls.json(response)).containsEntry("subject", "auth0|42")
			.containsEntry("jwt", "auth0|42")
			.containsEntry("name", "auth0|42");
		assertThat(response.body()).contains("SCOPE_read:notes", "ROLE_editor");
	}

	@Test
	void takesNoUserForItsClient() {
		assertThat(this.http.answer("/me", this.valid.without("sub").signed())).isEqualTo("401 missing_claim");
	}

	@ParameterizedTest
	@ValueSource(strings = { "at+jwt", "application/at+jwt", "AT+JWT", "JWT", "jwt" })
	void acceptsHeaderTypeOfAccessToken(String type) {
		assertThat(this.http.getWithToken(NOTES, this.valid.withType(type).signed()).statusCode()).isEqualTo(200);
	}

	@Test
	void acceptsMissingHeaderType() {
		assertThat(this.http.getWithToken(NOTES, this.valid.withoutHeader("typ").signed()).statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "bearer", "BEARER", "bEaReR" })
	void acceptsAnyCaseOfTheScheme(String scheme) {
		assertThat(this.http.get(NOTES, "Authorization", scheme + " " + this.valid.signed()).statusCode())
			.isEqualTo(200);
	}

	/** Without a rule for other origins, the header has no effect. */
	@ParameterizedTest
	@ValueSource(strings = { "https://app.example", "https://a:b:c", "nonsense:// x", "null", "://" })
	void ignoresOriginHoweverItIsWritten(String origin) {
		assertThat(
				this.http.get(NOTES, "Origin", origin, "Authorization", "Bearer " + this.valid.signed()).statusCode())
			.isEqualTo(200);
		assertRefused(this.http.get(NOTES, "Origin", origin), 401, "missing_token");
	}

	@Test
	void refusesIdToken() {
		TestToken idToken = this.valid.withType("JWT").with("nonce", "n-0S6_WzA2Mj").with("azp", "clinic-spa");
		assertRefused(this.http.getWithToken(NOTES, idToken.signed()), 401, "id_token");
	}

	@Test
	void refusesTokenForAnotherApi() {
		assertRefused(this.http.getWithToken(NOTES, this.valid.with("aud", "https://other.example").signed()), 401,
				"wrong_audience");
	}

	@Test
	void refusesTokenWithoutAudience() {
		assertRefused(this.http.getWithToken(NOTES, this.valid.without("aud").signed()), 401, "wrong_audience");
	}

	@Test
	void refusesTokenWithoutExpiry() {
		assertRefused(this.http.getWithToken(NOTES, this.valid.without("exp").signed()), 401, "missing_expiry");
	}

	@Test
	void refusesCallerWithoutToken() {
		HttpResponse<String> response = this.http.get(NOTES);
		assertRefused(response, 401, "missing_token");
		assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"api\"");
	}

	@Test
	void refusesOtherSchemeWithoutAnErrorCode() {
		HttpResponse<String> response = this.http.get(NOTES, "Authorization", "Basic dXNlcjpwYXNz");
		assertRefused(response, 401, "missing_token");
		assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"api\"");
	}

	@Test
	void namesTheErrorOfABadToken() {
		HttpResponse<String> response = this.http.getWithToken(NOTES,
				this.valid.with("exp", 1).with("iat", 0).signed());
		assertRefused(response, 401, "token_expired");
		assertThat(response.headers().firstValue("WWW-Authenticate"))
			.contains("Bearer realm=\"api\", error=\"invalid_token\", error_description=\"The token has expired\"");
		assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
	}

	@Test
	void namesTheMissingScope() {
		HttpResponse<String> response = this.http.send(this.http.request(NOTES)
			.header("Authorization", "Bearer " + this.valid.signed())
			.POST(BodyPublishers.noBody()));
		assertRefused(response, 403, "insufficient_scope");
		assertThat(response.headers().firstValue("WWW-Authenticate").orElseThrow())
			.endsWith("error=\"insufficient_scope\", error_description=\"The token lacks a required scope\", "
					+ "scope=\"write:notes\"");
		assertThat(HttpCalls.json(response)).containsEntry("required", List.of("write:notes"));
	}

	@Test
	void namesTheMissingRoleBeforeArgumentsAreBound() {
		HttpResponse<String> response = this.http.send(this.http.request(NOTES + "/not-a-number")
			.header("Authorization", "Bearer " + this.valid.signed())
			.DELETE());
		assertRefused(response, 403, "insufficient_role");
		assertThat(HttpCalls.json(response)).containsEntry("required", List.of("owner"));
	}

	@Test
	void refusesTokenOfAnotherOrganization() {
		HttpResponse<String> response = this.http.getWithToken("/organizations/org_globex/notes", this.valid.signed());
		assertRefused(response, 403, "organization_mismatch");
		assertThat(response.headers().firstValue("WWW-Authenticate")).isEmpty();
	}

	@Test
	void refusesTokenWithoutOrganization() {
		assertRefused(this.http.getWithToken(NOTES, this.valid.without("org_id").signed()), 403,
				"organization_missing");
	}

	@ParameterizedTest
	@ValueSource(strings = { "ORG_ACME", "org_acme%20", "%20org_acme", "org_acme%00", "org_acm%65%2E", "org_acme." })
	void comparesOrganizationsExactly(String id) {
		HttpResponse<String> response = this.http.getWithToken("/organizations/" + id + "/notes", this.valid.signed());
		assertThat(response.statusCode()).isIn(400, 403);
	}

	@Test
	void decodesPathBeforeComparingOrganizations() {
		HttpResponse<String> response = this.http.getWithToken("/organizations/org%5Facme/notes", this.valid.signed());
		assertThat(HttpCalls.json(response)).containsEntry("organization", "org_acme");
	}

	@Test
	void refusesTwoAuthorizationHeaders() {
		HttpResponse<String> response = this.http.get(NOTES, "Authorization", "Bearer " + this.valid.signed(),
				"Authorization", "Bearer " + this.valid.signed());
		assertRefused(response, 400, "multiple_credentials");
		assertThat(response.headers().firstValue("WWW-Authenticate").orElseThrow())
			.contains("error=\"invalid_request\"");
	}

	@Test
	void refusesTokenInHeaderAndQuery() {
		assertRefused(this.http.getWithToken(NOTES + "?access_token=x", this.valid.signed()), 400,
				"multiple_credentials");
	}

	@Test
	void ignoresTokenInQuery() {
		assertRefused(this.http.get(NOTES + "?access_token=" + this.valid.signed()), 401, "missing_token");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Bearer", "Bearer ", "Bearer a b", "Bearer  a", "Bearer =", "Bearer a=b", "Bearer \"a\"",
			"Bearer a,b", "Bearer\ta" })
	void refusesMalformedHeader(String header) {
		assertRefused(this.http.get(NOTES, "Authorization", header), 400, "malformed_request");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness" })
	void opensHealthToProbes(String path) {
		assertThat(this.http.get(path).statusCode()).isEqualTo(200);
	}

	@Test
	void closesOtherEndpoints() {
		assertRefused(this.http.get("/actuator"), 401, "missing_token");
		assertRefused(this.http.get("/actuator/info"), 401, "missing_token");
	}

	@Test
	void opensPublicPaths() {
		assertThat(this.http.get("/public/notes").body()).isEqualTo("open");
	}

	@Test
	void refusesBadTokenOnPublicPath() {
		assertRefused(this.http.getWithToken("/public/notes", "a.b.c"), 401, "malformed_token");
	}

	@Test
	void answersErrorsOfHandlersToTheCaller() {
		HttpResponse<String> response = this.http.getWithToken("/fails", this.valid.signed());
		assertThat(response.statusCode()).isEqualTo(500);
		assertThat(response.body()).contains("Internal Server Error").doesNotContain("on purpose");
	}

	@Test
	void answersNotFoundToTheCaller() {
		assertThat(this.http.getWithToken("/nowhere", this.valid.signed()).statusCode()).isEqualTo(404);
	}

	@Test
	void publishesNoMetadataUnasked() {
		HttpResponse<String> response = this.http.getWithToken("/.well-known/oauth-protected-resource",
				this.valid.signed());
		assertThat(response.statusCode()).isEqualTo(404);
	}

	@Test
	void offersNeitherLoginNorLogout() {
		assertThat(this.http.getWithToken("/login", this.valid.signed()).statusCode()).isEqualTo(404);
		assertThat(this.http.getWithToken("/logout", this.valid.signed()).statusCode()).isEqualTo(404);
	}

	@Test
	void acceptsPostWithoutCsrfToken() {
		HttpResponse<String> response = this.http.send(this.http.request(NOTES)
			.header("Authorization", "Bearer " + this.valid.with("scope", "write:notes").signed())
			.POST(BodyPublishers.noBody()));
		assertThat(response.statusCode()).isEqualTo(200);
	}

	@Test
	void setsNoCookie() {
		assertThat(Stream
			.of(this.http.get(NOTES), this.http.get("/nowhere"), this.http.getWithToken(NOTES, "a.b.c"),
					this.http.getWithToken(NOTES, this.valid.signed()),
					this.http.getWithToken("/fails", this.valid.signed()))
			.map((response) -> response.headers().firstValue("Set-Cookie"))).allMatch((cookie) -> cookie.isEmpty());
	}

	@Test
	void leaksNothingOfARefusedToken() {
		String token = this.valid.with("iss", "https://evil.example/").signed();
		HttpResponse<String> response = this.http.getWithToken(NOTES, token);
		assertRefused(response, 401, "wrong_issuer");
		assertThat(response.body() + response.headers().map()).doesNotContain("evil", "auth0|42", "dev.authstarter.",
				token.substring(0, 20), "Exception");
	}

	private static void assertRefused(HttpResponse<String> response, int status, String reason) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
		assertThat(HttpCalls.json(response)).containsEntry("reason", reason)
			.containsEntry("status", (long) status)
			.containsEntry("type", "urn:auth-starter:refusal:" + reason);
	}

}
