package dev.authstarter.operations;

import dev.authstarter.fixture.TestApi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class StartupReportTests {

	private final WebApplicationContextRunner context = new WebApplicationContextRunner()
		.withUserConfiguration(TestApi.class);

	@Test
	void tellsInOneBlockWhatTheConfigurationCameTo(CapturedOutput output) {
		this.context
			.withPropertyValues("auth-starter.issuer=https://acme.eu.auth0.com/", "auth-starter.audience=two,one",
					"auth-starter.provider=auth0", "auth-starter.algorithms=RS256", "auth-starter.claims.roles=roles",
					"auth-starter.organization.sources=path,header", "auth-starter.public-paths=/public/**")
			.run((started) -> assertThat(output.getAll().replace("\r\n", "\n"))
				.containsPattern(" INFO .*StartupReport +(:|--) This API accepts access tokens of\n")
				.contains("\n  issuer 'default': https://acme.eu.auth0.com/, audience one, two, provider auth0, "
						+ "algorithms RS256\n  organization: from path, header\n  handlers: controller 6,")
				.contains(", scoped to an organization 3, without a rule 2\n")
				.containsPattern("  no rule: GET /fails .*NoteController#fails\n")
				.containsPattern("  no rule: GET /me .*NoteController#me\n"));
	}

	@Test
	void isWarningWhereSomethingIsRarelyMeant(CapturedOutput output) {
		this.context
			.withPropertyValues("auth-starter.issuers.staff.issuer=http://localhost:9000",
					"auth-starter.issuers.staff.audience=one", "auth-starter.issuers.staff.provider=keycloak")
			.run((started) -> assertThat(output.getAll()).containsPattern(" WARN .*StartupReport ")
				.contains(
						"  issuer 'staff': http://localhost:9000, audience one, provider keycloak, algorithms RS256, ",
						"  warning: 'auth-starter.issuers.staff.issuer' is 'http://localhost:9000', over http."));
	}

}
