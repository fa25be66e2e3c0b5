package dev.authstarter;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.authstarter.fixture.TestApi;
import dev.authstarter.issuer.SecureTransport;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * If a property that may contain a secret is invalid, start-up fails with a message that
 * contains the property's name and not the secret.
 */
@ExtendWith(OutputCaptureExtension.class)
class SecretTests {

	private static final String SECRET = "s3cr3t";

	private static final String INTROSPECTION = "auth-starter.introspection.";

	static Stream<Arguments> properties() {
		return Stream.of(
				// Names that do not exist.
				wrong(INTROSPECTION + "client-secrett", SECRET,
						"Did you mean 'auth-starter.introspection.client-secret'"),
				wrong(INTROSPECTION + "secret", SECRET, "does not exist"),
				wrong(INTROSPECTION + "clientsecret.value", SECRET, "does not exist"),
				wrong(INTROSPECTION + "client-secret[0]", SECRET, "client-secret"),
				wrong("auth-starter.client-secret", SECRET, "does not exist"),
				wrong("auth-starter.issuers.a.client-secret", SECRET, "does not exist"),
				// Values of a wrong shape.
				wrong("auth-starter.introspection", SECRET, "'auth-starter.introspection'"),
				wrong(INTROSPECTION + "uri", "https://api:" + SECRET + "@issuer.example/a b", INTROSPECTION + "uri"),
				wrong(INTROSPECTION + "uri", "ht!tp://issuer.example/?key=" + SECRET, INTROSPECTION + "uri"),
				wrong(INTROSPECTION + "uri", "https://api:" + SECRET + "@${missing}/", INTROSPECTION + "uri"),
				wrong("auth-starter.jwks-uri", "https://api:" + SECRET + "@issuer.example/a b",
						"auth-starter.jwks-uri"),
				wrong("auth-starter.issuers.a", "https://api:" + SECRET + "@issuer.example/", "auth-starter.issuers"),
				// Values that are refused.
				wrong(INTROSPECTION + "uri", "http://api:" + SECRET + "@issuer.example/", INTROSPECTION + "uri"),
				wrong(INTROSPECTION + "uri", "https://api:" + SECRET + "@issuer.example/", INTROSPECTION + "uri"),
				wrong(INTROSPECTION + "uri", "https://" + SECRET + "@issuer.example/", INTROSPECTION + "uri"),
				wrong(INTROSPECTION + "uri", "http://issuer.example/?key=" + SECRET, INTROSPECTION + "uri"),
				wrong(INTROSPECTION + "uri", "https:///introspect?key=" + SECRET, INTROSPECTION + "uri"),
				wrong("auth-starter.jwks-uri", "http://api:" + SECRET + "@issuer.example/", "auth-starter.jwks-uri"),
				wrong("auth-starter.jwks-uri", "https://api:" + SECRET + "@issuer.example/", "auth-starter.jwks-uri"),
				wrong("auth-starter.jwks-uri", "http://issuer.example/keys?key=" + SECRET, "auth-starter.jwks-uri"),
				wrong("auth-starter.issuer", "http://api:" + SECRET + "@issuer.example/", "auth-starter.issuer"),
				wrong("auth-starter.issuer", "https://api:" + SECRET + "@issuer.example/", "auth-starter.issuer"),
				wrong("auth-starter.issuer", "https://issuer.example/?key=" + SECRET, "auth-starter.issuer"),
				wrong("auth-starter.resource-metadata.resource", "https://api:" + SECRET + "@api.example/",
						"auth-starter.resource-metadata.resource"),
				wrong("auth-starter.resource-metadata.resource", "https://api.example/?key=" + SECRET,
						"auth-starter.resource-metadata.resource"),
				wrong("spring.security.oauth2.resourceserver.jwt.issuer-uri",
						"https://api:" + SECRET + "@other.example/", "auth-starter.issuer"));
	}

	private static Arguments wrong(String property, String value, String action) {
		return Arguments.of(property, value, action);
	}

	@ParameterizedTest
	@MethodSource("properties")
	void areNotPrinted(String property, String value, String action, CapturedOutput output) {
		List<String> arguments = new ArrayList<>(List.of("--server.port=0",
				"--auth-starter.audience=https://api.example", "--" + property + "=" + value));
		if (!property.equals("auth-starter.issuer")) {
			arguments.add("--auth-starter.issuer=https://issuer.example/");
		}
		assertThatException()
			.isThrownBy(() -> new SpringApplicationBuilder(TestApi.class).run(arguments.toArray(String[]::new)));
		assertThat(output.getAll()).contains("APPLICATION FAILED TO START", "Action:", action).doesNotContain(SECRET);
	}

	/** What is written in one place is as secret where another place overrides it. */
	@ParameterizedTest
	@ValueSource(
			strings = { "uri=https://api:" + SECRET + "@issuer.example/", "uri=https://issuer.example/?key=" + SECRET })
	void areNotPrintedWhereTheyAreOverridden(String overridden, CapturedOutput output) {
		assertThatException()
			.isThrownBy(() -> new SpringApplicationBuilder(TestApi.class).properties(INTROSPECTION + overridden)
				.run("--server.port=0", "--auth-starter.audience=https://api.example",
						"--auth-starter.issuer=https://issuer.example/",
						"--" + INTROSPECTION + "uri=http://other.example/"));
		assertThat(output.getAll()).contains("APPLICATION FAILED TO START", INTROSPECTION + "uri")
			.doesNotContain(SECRET);
	}

	@ParameterizedTest
	@CsvSource({ "https://issuer.example/keys, https://issuer.example/keys",
			"https://api:s3cr3t@issuer.example/keys, https://***@issuer.example/keys",
			"https://s3cr3t@issuer.example, https://***@issuer.example",
			"https://a@b:s3cr3t@issuer.example/x@y, https://***@issuer.example/x@y",
			"https://issuer.example/keys?key=s3cr3t#x, https://issuer.example/keys?***",
			"https://issuer.example?s3cr3t, https://issuer.example?***",
			"https://api:s3cr3t@issuer.example/keys?s3cr3t, https://***@issuer.example/keys?***",
			"'[https://issuer.example/?s3cr3t, https://a:s3cr3t@b/]', '[https://issuer.example/?***'",
			"urn:issuer?x, urn:issuer?x", "acme, acme", "'', ''" })
	void areNotPrintedInAddresses(String url, String printed) {
		assertThat(SecureTransport.withoutSecrets(url)).isEqualTo(printed);
	}

}
