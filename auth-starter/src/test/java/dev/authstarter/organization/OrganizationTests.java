package dev.authstarter.organization;

import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.authstarter.fixture.ApiTest;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests that name organizations in valid and in invalid ways.
 */
@ApiTest(value = OrganizationApi.class, properties = { "auth-starter.organization.sources=path,header,token",
		"auth-starter.organization.path-variables=organizationId,partnerId" })
class OrganizationTests {

	private static final String HEADER = "X-Organization-Id";

	@Autowired
	HttpCalls http;

	private final TestToken valid = TestToken.validAt(TestApi.NOW);

	@Test
	void actsWhereThePathSays() {
		assertThat(get("/organizations/org_acme", this.valid).body()).isEqualTo("org_acme");
	}

	@ParameterizedTest
	@ValueSource(strings = { "route", "function" })
	void knowsThePathOfFunctions(String function) {
		assertThat(get("/organizations/org_acme/" + function, this.valid).body()).isEqualTo("org_acme");
		assertRefused(get("/organizations/org_globex/" + function, this.valid), 403, "organization_mismatch");
	}

	@Test
	void actsWhereTheHeaderSays() {
		assertThat(get("/required", this.valid, HEADER, "org_acme").body()).isEqualTo("org_acme");
		assertRefused(get("/required", this.valid, HEADER, "org_globex"), 403, "organization_mismatch");
		assertRefused(get("/unscoped", this.valid, HEADER, "org_globex"), 403, "organization_mismatch");
	}

	@Test
	void actsWhereTheTokenSays() {
		assertThat(get("/required", this.valid).body()).isEqualTo("org_acme");
		assertThat(get("/unscoped", this.valid).body()).isEqualTo("org_acme");
	}

	@Test
	void actsNowhereWithoutOrganization() {
		TestToken none = this.valid.without("org_id");
		assertThat(get("/unscoped", none).body()).isEqualTo("none");
		for (String path : List.of("/required", "/wanting", "/service", "/organizations/org_acme")) {
			assertRefused(get(path, none), 403, "organization_missing");
		}
	}

	@Test
	void refusesSourcesThatDisagree() {
		assertRefused(get("/organizations/org_acme", this.valid, HEADER, "org_globex"), 400, "organization_ambiguous");
		assertRefused(get("/organizations/org_globex", this.valid, HEADER, "org_acme"), 400, "organization_ambiguous");
		assertThat(get("/organizations/org_acme", this.valid, HEADER, "org_acme").body()).isEqualTo("org_acme");
	}

	@Test
	void refusesHeaderSentTwice() {
		assertRefused(get("/required", this.valid, HEADER, "org_acme", HEADER, "org_globex"), 400,
				"organization_ambiguous");
		assertRefused(get("/required", this.valid, HEADER, "org_globex", HEADER, "org_acme"), 400,
				"organization_ambiguous");
		assertThat(get("/required", this.valid, HEADER, "org_acme", HEADER, "org_acme").body()).isEqualTo("org_acme");
	}

	@Test
	void refusesPathWithTwoOrganizations() {
		assertRefused(get("/organizations/org_acme/partners/org_globex", this.valid), 400, "organization_ambiguous");
		assertRefused(get("/organizations/org_globex/partners/org_acme", this.valid), 400, "organization_ambiguous");
		assertThat(get("/organizations/org_acme/partners/org_acme", this.valid).body()).isEqualTo("org_acme");
	}

	@ParameterizedTest
	@CsvSource({ "ORG_ACME, 403", "org_acme%20, 403", "%20org_acme, 403", "org_acme%00, 400", "org_acm%2565, 400",
			"org%5Facme, 200", "org_acme;a=b, 400", "org_acme%3Ba=b, 400", "./org_acme, 400", "%2e/org_acme, 400",
			"x/../org_acme, 400", "org_globex/../org_acme, 400", "org_acme/../org_globex, 400", "org_acme%2F, 400",
			"/org_acme, 400", "org_acme/, 404", "org_acme%5C, 400", "org_acme%0A, 400", "%EF%BD%8Frg_acme, 403",
			"org_%D0%B0cme, 403", "org_acme%C2%A0, 403", "org_acme+, 403", "org_acme., 403", "org_acme%E2%80%8B, 403",
			"%20, 403", "*, 403", "org_acme%7Corg_globex, 403", "%FF, 400" })
	void decidesEverySpellingExactly(String spelling, int status) {
		HttpResponse<String> response = get("/organizations/" + spelling, this.valid);
		assertThat(response.statusCode()).isEqualTo(status);
		if (status == 200) {
			assertThat(response.body()).isEqualTo("org_acme");
		}
	}

	@ParameterizedTest
	@CsvSource({ "ORG_ACME", "' org_globex'", "'org_acme,org_globex'", "'org_acme, org_acme'", "org_acme;a=b", "*",
			"''", "%6Frg_acme", "org_acme/", "\"org_acme\"" })
	void decidesEverySpellingInHeaderExactly(String spelling) {
		HttpResponse<String> response = get("/required", this.valid, HEADER, spelling);
		assertThat(response.statusCode()).isEqualTo(403);
	}

	static Stream<Arguments> idsInTokens() {
		return Stream
			.<Object>of(7, 7.0, true, List.of(), List.of(List.of("org_acme")), Map.of("id", "org_acme"), Map.of(), "",
					" ", "org_acme ", "ORG_ACME", "org_acme,org_globex", "null")
			.map(Arguments::arguments);
	}

	/** A list is how several organizations are named, and one. */
	@Test
	void readsTheIdsOfAList() {
		TestToken both = this.valid.with("org_id", List.of("org_acme", "org_globex"));
		assertThat(get("/organizations/org_acme", both).body()).isEqualTo("org_acme");
		assertThat(get("/organizations/org_globex", both).body()).isEqualTo("org_globex");
		assertThat(get("/organizations/org_other", both).statusCode()).isEqualTo(403);
	}

	@ParameterizedTest
	@MethodSource("idsInTokens")
	void opensNothingForOtherIdsInTokens(Object id) {
		for (String path : List.of("org_acme", "7", "true", "%5B%22org_acme%22%5D", "%20", "null")) {
			HttpResponse<String> response = get("/organizations/" + path, this.valid.with("org_id", id));
			assertThat(response.statusCode()).as(path)
				.isIn((id.equals(" ") || id.equals("null")) ? List.of(200, 403) : List.of(403));
			if (response.statusCode() == 200) {
				assertThat(response.body()).isEqualTo(id);
			}
		}
		assertThat(get("/unscoped", this.valid.with("org_id", id)).statusCode()).isEqualTo(200);
	}

	@Test
	void opensNothingForNullInToken() {
		assertRefused(get("/organizations/null", this.valid.with("org_id", null)), 403, "organization_missing");
	}

	@Test
	void holdsRolesToTheActingOrganization() {
		assertRefused(get("/organizations/org_acme/owned", this.valid), 403, "insufficient_role");
		assertThat(get("/organizations/org_acme/owned", this.valid.with("roles", List.of("owner"))).statusCode())
			.isEqualTo(200);
	}

	@Test
	void refusesMachinesWithoutOrganizationUnlessTheHandlerAllows() {
		TestToken machine = this.valid.without("org_id").with("sub", "clinic-spa");
		assertRefused(get("/organizations/org_acme", machine), 403, "organization_missing");
		assertRefused(get("/organizations/org_acme/machines", machine), 403, "insufficient_scope");
		TestToken reader = machine.with("scope", "read:all");
		assertThat(get("/organizations/org_acme/machines", reader).body()).isEqualTo("org_acme");
		assertRefused(get("/organizations/org_acme/machines", reader.with("org_id", "org_globex")), 403,
				"organization_mismatch");
		assertRefused(get("/organizations/org_acme/machines", reader.with("sub", "auth0|42")), 403,
				"organization_missing");
	}

	@Test
	void refusesAnonymousCallers() {
		assertRefused(this.http.get("/organizations/org_acme"), 401, "missing_token");
	}

	@Test
	void isAvailableInServicesAndOtherThreads() {
		assertThat(get("/service", this.valid).body()).isEqualTo("org_acme");
		assertThat(get("/async", this.valid).body()).isEqualTo("org_acmet");
		assertThat(get("/callable", this.valid).body()).isEqualTo("org_acme");
	}

	@Test
	void forgetsTheOrganizationAfterTheRequest() {
		for (int i = 0; i < 20; i++) {
			assertThat(get("/async", this.valid).body()).isEqualTo("org_acmet");
			assertThat(get("/async", this.valid.without("org_id")).body()).isEqualTo("nonet");
		}
	}

	@Test
	void namesTheOrganizationInTheLog() {
		assertThat(HttpCalls.json(get("/log", this.valid))).isEqualTo(
				Map.of("auth.organization", "org_acme", "auth.subject", "auth0|42", "auth.client", "clinic-spa"));
		assertThat(HttpCalls.json(get("/log", this.valid.with("sub", "M\u00fcller").without("org_id"))))
			.isEqualTo(Map.of("auth.subject", "M?ller", "auth.client", "clinic-spa"));
	}

	private HttpResponse<String> get(String path, TestToken token, String... headers) {
		String[] all = Arrays.copyOf(headers, headers.length + 2);
		all[headers.length] = "Authorization";
		all[headers.length + 1] = "Bearer " + token.signed();
		return this.http.get(path, all);
	}

	private static void assertRefused(HttpResponse<String> response, int status, String reason) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
		assertThat(HttpCalls.json(response)).containsEntry("reason", reason);
	}

}
