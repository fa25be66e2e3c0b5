package dev.authstarter.reactive;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;

import dev.authstarter.fixture.ApiTest;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Rules and organizations are enforced for handlers of WebFlux and for the publishers
 * that they return.
 */
@ApiTest(value = FluxApi.class, properties = { "spring.main.web-application-type=reactive",
		"auth-starter.rules[0].path=/routes/closed", "auth-starter.rules[0].scopes=write:notes" })
class ReactiveApiTests {

	private static final String ACME = "/organizations/org_acme/";

	private final TestToken token = TestToken.validAt(TestApi.NOW);

	@Autowired
	HttpCalls http;

	@ParameterizedTest
	@CsvSource({ "mono, org_acme", "flux, org_acme;org_acme;org_acme;", "entity, org_acme", "thread, null" })
	void showsTheOrganizationToWhateverIsReturned(String path, String body) {
		HttpResponse<String> response = this.http.getWithToken(ACME + path, this.token.signed());
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo(body);
	}

	@Test
	void showsTheOrganizationToServerSentEvents() {
		HttpResponse<String> response = this.http.getWithToken(ACME + "events", this.token.signed());
		assertThat(response.body()).isEqualTo("data:org_acme\n\ndata:org_acme\n\n");
	}

	@Test
	void handsTheCallerToControllers() {
		HttpResponse<String> response = this.http.getWithToken(ACME + "arguments", this.token.signed());
		assertThat(HttpCalls.json(response)).containsEntry("organization", "org_acme")
			.containsEntry("subject", "auth0|42")
			.containsEntry("type", "USER")
			.containsEntry("optional", true)
			.containsEntry("principal", "auth0|42");
	}

	@ParameterizedTest
	@ValueSource(strings = { "mono", "flux", "entity", "events", "thread", "arguments" })
	void refusesAnotherOrganization(String path) {
		assertThat(this.http.answer("/organizations/org_other/" + path, this.token.signed()))
			.isEqualTo("403 organization_mismatch");
	}

	@ParameterizedTest
	@CsvSource({ "/role, 403 insufficient_role", "/service/mono, 403 insufficient_role",
			"/service/flux, 403 insufficient_permission", "/service/scope, 200", "/service/twice, 200",
			"/service/organization, 200", "/routes/organizations/org_acme/notes, 200", "/routes/any, 200",
			"/routes/organizations/org_other/notes, 403 organization_mismatch", "/open/1, 200", "/open/closed, 200" })
	void holdsCallersToRules(String path, String answer) {
		assertThat(this.http.answer(path, this.token.signed())).isEqualTo(answer);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/role", "/service/mono", "/service/flux", "/pre", "/service/pre" })
	void letsCallersPassWhoFulfilThem(String path) {
		String signed = this.token.with("roles", List.of("owner"))
			.with("permissions", List.of("read:everything"))
			.with("scope", "write:notes")
			.signed();
		assertThat(this.http.answer(path, signed)).isEqualTo("200");
	}

	/** As on the servlet stack. */
	@ParameterizedTest
	@ValueSource(strings = { "/pre", "/service/pre" })
	void leavesDenialsOfSpringSecurityToTheAdviceOfTheApplication(String path) {
		assertThat(this.http.getWithToken(path, this.token.signed()).body())
			.isEqualTo("caught AuthorizationDeniedException");
	}

	@ParameterizedTest
	@CsvSource({ "/open/1, 200", "/open/closed, 401", "/role, 401", "/routes/any, 401", "/nothing, 401" })
	void opensToAllWhatIsDeclaredPublic(String path, int status) {
		assertThat(this.http.get(path).statusCode()).isEqualTo(status);
	}

	@Test
	void closesRouteByPath() {
		HttpRequest.Builder request = this.http.request("/routes/closed")
			.header("Authorization", "Bearer " + this.token.signed())
			.POST(BodyPublishers.noBody());
		assertThat(HttpCalls.json(this.http.send(request))).containsEntry("reason", "insufficient_scope");
		request = this.http.request("/routes/closed")
			.header("Authorization", "Bearer " + this.token.with("scope", "write:notes").signed())
			.POST(BodyPublishers.noBody());
		assertThat(this.http.send(request).body()).isEqualTo("written");
	}

	@Test
	void leavesFailuresToTheAdviceOfTheApplication() {
		assertThat(this.http.getWithToken("/fails", this.token.signed()).body())
			.isEqualTo("caught IllegalStateException");
	}

	@Test
	void answersPreflightOfAllowedOriginWithoutToken() {
		HttpResponse<String> response = preflight("https://app.example");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).contains("https://app.example");
		assertThat(preflight("https://evil.example").statusCode()).isEqualTo(403);
	}

	private HttpResponse<String> preflight(String origin) {
		return this.http.send(this.http.request("/cross")
			.method("OPTIONS", BodyPublishers.noBody())
			.header("Origin", origin)
			.header("Access-Control-Request-Method", "GET"));
	}

	@Test
	void letsBrowserReadRefusal() {
		HttpResponse<String> response = this.http.get("/cross", "Origin", "https://app.example");
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).contains("https://app.example");
	}

}
