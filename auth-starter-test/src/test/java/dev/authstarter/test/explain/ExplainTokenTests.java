package dev.authstarter.test.explain;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;

import dev.authstarter.test.issuer.TestIssuer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class ExplainTokenTests {

	private static final String AUDIENCE = "https://api.example";

	private final TestIssuer issuer = TestIssuer.start();

	@AfterEach
	void stop() {
		this.issuer.close();
	}

	@Test
	void saysWhatAnAcceptedTokenGrants() throws IOException {
		String token = this.issuer.accessToken(AUDIENCE,
				Map.of("sub", "user-7", "scope", "read:notes", "org_id", "org_acme"));
		assertThat(explain("Bearer " + token + "\n", true)).contains("This token is accepted.",
				"Caller: 'user-7', a user", "scopes [read:notes]", "Roles: expected some in [roles], found none.",
				"organizations ['org_acme' with roles [] and permissions []]", "expires at 2");
	}

	@Test
	void saysThatNoClaimIsReadWhereSelectorsAreEmpty() throws IOException {
		String token = this.issuer.accessToken(AUDIENCE, Map.of("scope", "read:notes"));
		assertThat(explain(token, true, "--auth-starter.claims.roles="))
			.contains("Roles: expected none, since 'auth-starter.claims.roles' names no claim");
	}

	@Test
	void saysWhatWasExpectedAndFound() throws IOException {
		String token = this.issuer.accessToken("https://other.example", Map.of("scope", "read:notes"));
		assertThat(explain(token, false))
			.contains("This token is refused.", "https://other.example", AUDIENCE, "Hence 'wrong_audience'")
			.doesNotContain(token);
	}

	@Test
	void namesTheDifferenceOfOneSlash() throws IOException {
		String token = this.issuer.accessToken(AUDIENCE,
				Map.of("scope", "read:notes", "iss", this.issuer.issuer() + "/"));
		assertThat(explain(token, false)).contains("Hence 'wrong_issuer'", "They differ only in the slash at the end.");
	}

	@Test
	void saysThatTheKeysCannotBeHad() throws IOException {
		String token = this.issuer.accessToken(AUDIENCE, Map.of("scope", "read:notes"));
		this.issuer.down();
		assertThat(explain(token, false)).contains("Hence 'keys_unavailable'");
	}

	@Test
	void explainsWhatIsNoToken() throws IOException {
		assertThat(explain("abc", false)).contains("This token is refused.", "Form: expected a JWT");
		assertThat(explain("  \n", false)).contains("Standard input has no token");
	}

	private String explain(String input, boolean accepted, String... properties) throws IOException {
		ByteArrayOutputStream output = new ByteArrayOutputStream();
		String[] arguments = new String[properties.length + 2];
		System.arraycopy(properties, 0, arguments, 0, properties.length);
		arguments[properties.length] = "--auth-starter.issuer=" + this.issuer.issuer();
		arguments[properties.length + 1] = "--auth-starter.audience=" + AUDIENCE;
		assertThat(ExplainToken.explain(new ByteArrayInputStream(input.getBytes(UTF_8)),
				new PrintStream(output, true, UTF_8), arguments))
			.isEqualTo(accepted);
		return output.toString(UTF_8);
	}

}
