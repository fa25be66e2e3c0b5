package dev.authstarter.test.attack.endpoint;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SamplePathTests {

	private static final String ID = "00000000-0000-4000-8000-000000000000";

	private final SamplePath paths = new SamplePath(List.of("organizationId", "org"), "org_acme");

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/me | /me
			/notes/{id} | /notes/ID
			/notes/{id:[0-9]{4}}/{day:\\d{4}-\\d\\d-\\d\\d} | NONE
			/notes/{id:[0-9]{4}} | /notes/2030
			/notes/{id:\\d+}/x | /notes/1/x
			/files/{*path} | /files/ID
			/files/** | /files/ID
			/a/*/b?c | /a/ID/bxc
			/organizations/{organizationId}/notes | /organizations/org_acme/notes
			/o/{org:[a-z_]+}/{id} | /o/org_acme/ID
			/o/{org:\\d+} | NONE
			""")
	void findsPathThatThePatternMatches(String pattern, String path) {
		assertThat(this.paths.of(pattern)).isEqualTo(path.equals("NONE") ? null : path.replace("ID", ID));
	}

	@Test
	void knowsWhereTheOrganizationIsNamed() {
		assertThat(this.paths.namesOrganization("/o/{org:[a-z_]+}/{id}")).isTrue();
		assertThat(this.paths.namesOrganization("/organizations/{organizationId}")).isTrue();
		assertThat(this.paths.namesOrganization("/o/{organization}/{id}")).isFalse();
	}

}
