package dev.authstarter.operations.startup;

import java.util.List;

import dev.authstarter.claims.ClaimsAutoConfiguration;
import dev.authstarter.configuration.AuthStarterAutoConfiguration;
import dev.authstarter.event.EventAutoConfiguration;
import dev.authstarter.issuer.IssuerAutoConfiguration;
import dev.authstarter.operations.OperationsAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class ConfigurationLintTests {

	private static final String ISSUER = "auth-starter.issuer=https://issuer.example/";

	private static final String AUDIENCE = "auth-starter.audience=https://api.example";

	@Test
	void saysNothingOfGoodConfiguration(CapturedOutput output) {
		assertThat(start(output, ISSUER, AUDIENCE)).isEmpty();
	}

	@Test
	void warnsOfAudienceThatEveryClientOfKeycloakHas(CapturedOutput output) {
		assertThat(start(output, ISSUER, "auth-starter.audience=account")).singleElement()
			.asString()
			.endsWith("'auth-starter.audience' is 'account', which Keycloak puts into the tokens of every client of a "
					+ "realm. Add an audience for this API to its tokens and configure that one.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "AaiyAPdpYdesoKnqjj8HJqRn4T5titww",
			"1234987819200-0123456789abcdef0123456789abcdef.apps.googleusercontent.com",
			"1234987819200.apps.googleusercontent.com" })
	void warnsOfAudienceThatLooksLikeClientId(String audience, CapturedOutput output) {
		assertThat(start(output, ISSUER, "auth-starter.audience=" + audience)).singleElement()
			.asString()
			.endsWith("'auth-starter.audience' is '" + audience + "', which looks like a client id, the audience of ID "
					+ "tokens. Use the identifier of this API instead.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "accounts", "ACCOUNT", "https://api.example/account",
			"6f2a4b1e-8f0c-4a7d-9b8e-3c1d2e4f5a6b", "AaiyAPdpYdesoKnqjj8HJqRn4T5titw",
			"AaiyAPdpYdesoKnqjj8HJqRn4T5titwwx", "AaiyAPdpYdesoKnqjj8HJqRn4T5tit-w", "clinic-api",
			"x.apps.googleusercontent.com.evil.example", "api://6f2a4b1e-8f0c-4a7d-9b8e-3c1d2e4f5a6b" })
	void saysNothingOfOtherAudience(String audience, CapturedOutput output) {
		assertThat(start(output, ISSUER, "auth-starter.audience=" + audience)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://localhost:9000", "http://127.0.0.1:9000/", "http://[::1]:9000/realms/a" })
	void warnsOfIssuerOverHttp(String issuer, CapturedOutput output) {
		assertThat(start(output, "auth-starter.issuer=" + issuer, AUDIENCE)).singleElement()
			.asString()
			.endsWith("'auth-starter.issuer' is '" + issuer + "', over http. Use http only in development: an "
					+ "attacker who can change that traffic can replace the keys.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://acme.auth0.com", "https://acme.eu.auth0.com" })
	void warnsOfMissingSlash(String issuer, CapturedOutput output) {
		assertThat(start(output, "auth-starter.issuer=" + issuer, AUDIENCE)).singleElement()
			.asString()
			.endsWith("'auth-starter.issuer' is '" + issuer + "' without a slash at the end. Auth0's tokens name '"
					+ issuer + "/', so all of them will be refused.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://acme.eu.auth0.com/", "https://auth0.com.example", "https://acme.okta.com",
			"https://acme.example/auth0.com", "https://keycloak.example/realms/acme.auth0.com" })
	void saysNothingOfOtherIssuer(String issuer, CapturedOutput output) {
		assertThat(start(output, "auth-starter.issuer=" + issuer, AUDIENCE)).isEmpty();
	}

	@Test
	void namesThePropertyOfOneIssuerOfSeveral(CapturedOutput output) {
		assertThat(start(output, "auth-starter.issuers.staff.issuer=https://staff.example/",
				"auth-starter.issuers.staff.audience=https://api.example,account",
				"auth-starter.issuers.partners.issuer=http://localhost:9000/",
				"auth-starter.issuers.partners.audience=https://api.example",
				"auth-starter.issuers.staff.organization.allowed=*",
				"auth-starter.issuers.partners.organization.allowed=*"))
			.satisfiesExactlyInAnyOrder(
					(line) -> assertThat(line).contains("'auth-starter.issuers.staff.audience' is 'account'"),
					(line) -> assertThat(line)
						.contains("'auth-starter.issuers.partners.issuer' is 'http://localhost:9000/'"));
	}

	private static List<String> start(CapturedOutput output, String... properties) {
		int before = output.getAll().length();
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(AuthStarterAutoConfiguration.class, EventAutoConfiguration.class,
					IssuerAutoConfiguration.class, ClaimsAutoConfiguration.class, OperationsAutoConfiguration.class))
			.withPropertyValues("auth-starter.provider=generic")
			.withPropertyValues(properties)
			.run((started) -> assertThat(started).hasNotFailed());
		return output.getAll().substring(before).lines().filter((line) -> line.startsWith("  warning: ")).toList();
	}

}
