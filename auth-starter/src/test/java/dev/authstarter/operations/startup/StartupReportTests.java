package dev.authstarter.operations.startup;

import dev.authstarter.fixture.TestApi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class StartupReportTests {

	private final WebApplicationContextRunner context = new WebApplicationContextRunner()
		.withUserConfiguration(TestApi.class);

	@Test
	void reportsTheConfigurationInOneBlock(CapturedOutput output) {
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

	@ParameterizedTest
	@CsvSource({ "'', 16KB, 8192", "16KB, 16KB, ''", "16383B, 16KB, 16383", "8KB, 8KB, ''", "32KB, 64KB, 32768" })
	void namesLimitOfTheServerThatIsBelowTheLengthOfTokens(String server, String token, String limit,
			CapturedOutput output) {
		this.context
			.withPropertyValues("auth-starter.issuer=https://acme.example", "auth-starter.audience=one",
					"auth-starter.token.maximum-length=" + token)
			.withPropertyValues(
					server.isEmpty() ? new String[0] : new String[] { "server.max-http-request-header-size=" + server })
			.run((started) -> {
				if (limit.isEmpty()) {
					assertThat(output).doesNotContain("max-http-request-header-size");
				}
				else {
					assertThat(output).contains("more than " + limit + " bytes of headers")
						.contains("set 'server.max-http-request-header-size'");
				}
			});
	}

	@Test
	void namesTheFilesOfPodWhereClusterIsTheIssuer(CapturedOutput output) {
		String ca = "/var/run/secrets/kubernetes.io/serviceaccount/ca.crt";
		this.context
			.withPropertyValues("auth-starter.issuer=https://kubernetes.default.svc", "auth-starter.audience=one",
					"auth-starter.provider=kubernetes", "auth-starter.organization.allowed=*")
			.run((started) -> assertThat(output).contains(ca, "/var/run/secrets/kubernetes.io/serviceaccount/token",
					"'auth-starter.http.ssl-bundle'", "'auth-starter.keys.bearer-token-file'"));
	}

}
