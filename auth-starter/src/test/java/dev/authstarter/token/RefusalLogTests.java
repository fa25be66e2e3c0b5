package dev.authstarter.token;

import java.util.List;

import dev.authstarter.fixture.ApiTest;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The log entries of a flood of invalid tokens, with detailed logging.
 */
@ExtendWith(OutputCaptureExtension.class)
@ApiTest(value = TestApi.class, properties = { "server.max-http-request-header-size=64KB",
		"logging.level.dev.authstarter=DEBUG", "logging.level.org.springframework.security=DEBUG" })
class RefusalLogTests {

	private static final String NOTES = "/organizations/org_acme/notes";

	/** Shorter parts of a token turn up in honest words. */
	private static final int TELLING_LENGTH = 8;

	@Autowired
	HttpCalls http;

	@Test
	void saysOneLinePerRefusalAndNothingOfTheToken(CapturedOutput output) {
		List<BrokenTokens.Row> rows = BrokenTokens.all();
		int before = output.getOut().length();
		rows.forEach((row) -> this.http.getWithToken(NOTES, row.token()));
		this.http.get(NOTES);
		this.http.get(NOTES, "Authorization", "Bearer not a token");
		List<String> lines = output.getOut().substring(before).lines().filter((line) -> !line.isBlank()).toList();

		assertThat(lines).allMatch((line) -> line.matches("\\d{4}-\\d{2}-\\d{2}T\\S+ +(DEBUG|INFO) .*"))
			.noneMatch((line) -> line.contains("Exception") || line.contains("forged"));
		List<String> refusals = lines.stream().filter((line) -> line.contains("dev.authstarter")).toList();
		assertThat(refusals).hasSize(rows.size() + 2)
			.allMatch((line) -> line.matches(
					".*DEBUG.* dev.authstarter.refusals +: Refused: [a-z_]+(, issuer default)?(, handler \\S+)?(, client [0-9a-f]{12})?"));
		for (BrokenTokens.Row row : rows) {
			assertThat(refusals).as(row.name()).anyMatch((line) -> line.contains(" Refused: " + row.reason().code()));
			for (String part : row.token().split("\\.", -1)) {
				assertThat(part.length() >= TELLING_LENGTH && lines.stream().anyMatch((line) -> line.contains(part)))
					.as(row.name())
					.isFalse();
			}
		}
		assertThat(refusals.get(refusals.size() - 2)).endsWith("missing_token");
		assertThat(refusals.get(refusals.size() - 1)).endsWith("malformed_request");
	}

	@Test
	void saysNothingOfAcceptedToken(CapturedOutput output) {
		int before = output.getOut().length();
		TestToken token = TestToken.validAt(TestApi.NOW);
		assertThat(this.http.answer(NOTES, token.signed())).isEqualTo("200");
		assertThat(output.getOut().substring(before)).doesNotContain("Refused", "auth0|42", "clinic-spa",
				token.signed().substring(0, 30));
	}

}
