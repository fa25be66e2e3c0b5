package dev.authstarter.organization;

import java.util.Arrays;
import java.util.List;

import dev.authstarter.CurrentOrganization;
import dev.authstarter.Organization;
import dev.authstarter.RequiresScope;
import dev.authstarter.access.HandlerCall;
import dev.authstarter.fixture.ApiTest;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Places of an application that name the organization of a request, over HTTP.
 */
@ApiTest(value = OrganizationResolverTests.Api.class,
		properties = "auth-starter.organization.sources=path,header,token")
class OrganizationResolverTests {

	@Autowired
	HttpCalls http;

	@ParameterizedTest
	@CsvSource(nullValues = "none", value = {
			// the organization is one of the caller's
			"/acting, org_acme, none, none, 200 org_acme", "/acting, org_globex, none, none, 200 org_globex",
			"/acting, org_acme, none, org_acme, 200 org_acme",
			"/organizations/org_acme/acting, org_acme, none, none, 200 org_acme",
			// it is of others, or none at all
			"/acting, org_initech, none, none, 403 organization_mismatch",
			"/acting, '', none, none, 403 organization_mismatch", "/acting, ' ', none, none, 403 organization_mismatch",
			"/acting, ORG_ACME, none, none, 403 organization_mismatch",
			// places that do not agree
			"/acting, 'org_acme,org_globex', none, none, 400 organization_ambiguous",
			"/acting, 'org_acme,', none, none, 400 organization_ambiguous",
			"/acting, org_acme, none, org_globex, 400 organization_ambiguous",
			"/acting, org_acme, org_globex, none, 400 organization_ambiguous",
			"/organizations/org_acme/acting, org_globex, none, none, 400 organization_ambiguous",
			"/organizations/org_acme/acting, org_initech, none, none, 400 organization_ambiguous",
			// all are silent
			"/acting, none, none, none, 200 none" })
	void agreesWithAllOtherPlaces(String path, @Nullable String first, @Nullable String configured,
			@Nullable String second, String expected) {
		assertThat(answer(path, first, configured, second)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "throw, 500", "null, 500", "element, 500" })
	void failsTheRequestWhereItFails(String named, int status) {
		assertThat(answer("/acting", named, null, null)).startsWith(status + " ");
	}

	@Test
	void opensNothingToAnonymousCallers() {
		assertThat(this.http.get("/acting", "X-Clinic", "org_acme").statusCode()).isEqualTo(401);
	}

	private String answer(String path, @Nullable String first, @Nullable String configured, @Nullable String second) {
		var request = this.http.request(path)
			.header("Authorization", "Bearer "
					+ TestToken.validAt(TestApi.NOW).with("org_id", List.of("org_acme", "org_globex")).signed());
		if (first != null) {
			request.header("X-Clinic", first);
		}
		if (configured != null) {
			request.header("X-Organization-Id", configured);
		}
		if (second != null) {
			request.header("X-Site", second);
		}
		var response = this.http.send(request);
		return response.statusCode() + " " + ((response.statusCode() == 200) ? response.body()
				: HttpCalls.json(response).getOrDefault("reason", ""));
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ TestApi.class, Endpoints.class })
	static class Api {

		@Bean
		OrganizationResolver clinics() {
			return Api::clinics;
		}

		/** Also what no checker of nullness would let pass. */
		@SuppressWarnings("NullAway")
		private static List<String> clinics(HandlerCall call) {
			List<String> values = call.headers("X-Clinic");
			if (values.isEmpty()) {
				return List.of();
			}
			return switch (values.get(0)) {
				case "throw" -> throw new IllegalStateException("on purpose");
				case "null" -> null;
				case "element" -> Arrays.asList("org_acme", null);
				default -> List.of(values.get(0).split(",", -1));
			};
		}

		@Bean
		OrganizationResolver sites() {
			return (call) -> call.headers("X-Site");
		}

	}

	@RestController
	static class Endpoints {

		private final CurrentOrganization acting;

		Endpoints(CurrentOrganization acting) {
			this.acting = acting;
		}

		@GetMapping("/acting")
		@RequiresScope("read:notes")
		String acting() {
			Organization organization = this.acting.find();
			return (organization != null) ? organization.id() : "none";
		}

		@GetMapping("/organizations/{organizationId}/acting")
		@RequiresScope("read:notes")
		String actingIn(@PathVariable String organizationId) {
			return acting();
		}

	}

}
