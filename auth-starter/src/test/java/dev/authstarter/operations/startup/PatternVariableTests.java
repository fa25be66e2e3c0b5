package dev.authstarter.operations.startup;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which path variables look like the identifier of an organization.
 */
class PatternVariableTests {

	@ParameterizedTest
	@CsvSource({ "orgId", "org_id", "org-id", "orgid", "org", "orgSlug", "organization", "organizationId",
			"organisationId", "organizationName", "tenant", "tenantId", "TENANT_ID", "parentTenantId", "companyId",
			"companyKey", "workspace", "workspaceId", "workspaceUuid" })
	void knowsNamesOfOrganizations(String name) {
		assertThat(PatternVariable.of("/x/{" + name + "}/y")).singleElement()
			.matches(PatternVariable::looksLikeOrganization);
	}

	@ParameterizedTest
	@CsvSource({ "id", "noteId", "organizationUnitId", "organId", "morgue", "accountId", "customerId", "accompanyId",
			"userId", "year", "tenancy" })
	void knowsOtherNames(String name) {
		assertThat(PatternVariable.of("/x/{" + name + "}/y")).singleElement()
			.matches((variable) -> !variable.looksLikeOrganization());
	}

	@ParameterizedTest
	@CsvSource({ "/organizations/{id}, true", "/api/v1/orgs/{id:\\d{3}}/notes, true", "/companies/{slug}, true",
			"/b2b-tenants/{*id}, true", "/organizations/{year}, false", "/organizers/{id}, false",
			"/organizations/notes/{id}, false" })
	void knowsListsOfOrganizations(String pattern, boolean alike) {
		assertThat(PatternVariable.of(pattern)).singleElement()
			.extracting(PatternVariable::looksLikeOrganization)
			.isEqualTo(alike);
	}

}
