package dev.authstarter.organization.rows;

import java.net.http.HttpRequest.BodyPublishers;

import dev.authstarter.fixture.ApiTest;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A database with rows of two organizations, and queries that name none.
 */
@ApiTest(value = RowApi.class, properties = "spring.datasource.generate-unique-name=true")
class OrganizationTenantResolverTests {

	@Autowired
	HttpCalls http;

	@Test
	void returnsRowsOfTheActingOrganizationOnly() {
		TestToken acme = TestToken.validAt(TestApi.NOW);
		TestToken globex = acme.with("org_id", "org_globex");
		String ofAcme = add("org_acme", "acme's", acme);
		String ofGlobex = add("org_globex", "globex'", globex);
		assertThat(get("/organizations/org_acme/rows", acme)).isEqualTo("[\"acme's\"]");
		assertThat(get("/organizations/org_globex/rows", globex)).isEqualTo("[\"globex'\"]");
		assertThat(get("/organizations/org_acme/rows/count", acme)).isEqualTo("1");
		assertThat(get("/organizations/org_acme/rows/" + ofAcme, acme)).isEqualTo("acme's");
		assertThat(get("/organizations/org_acme/rows/" + ofGlobex, acme)).isEqualTo("nothing");
		assertThat(get("/organizations/org_acme/rows/later", acme)).isEqualTo("[\"acme's\"]");
		assertThat(get("/organizations/org_globex/rows/later", globex)).isEqualTo("[\"globex'\"]");
		assertThat(get("/rows", acme)).as("the token names exactly one").isEqualTo("[\"acme's\"]");
		assertThat(get("/rows", acme.without("org_id"))).as("no organization").isEqualTo("[]");
	}

	private String add(String organization, String text, TestToken token) {
		return http
			.send(this.http.request("/organizations/" + organization + "/rows")
				.header("Authorization", "Bearer " + token.signed())
				.header("Content-Type", "text/plain")
				.POST(BodyPublishers.ofString(text)))
			.body();
	}

	private String get(String path, TestToken token) {
		return this.http.getWithToken(path, token.signed()).body();
	}

}
