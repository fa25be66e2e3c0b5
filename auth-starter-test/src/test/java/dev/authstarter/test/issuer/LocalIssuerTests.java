package dev.authstarter.test.issuer;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.authstarter.RequiresRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * The issuer that {@code mvn spring-boot:test-run} starts.
 */
@ExtendWith(OutputCaptureExtension.class)
class LocalIssuerTests {

	private static final Pattern CURL = Pattern.compile("curl -i -H 'Authorization: (\\S+ \\S+)' '(\\S+)'");

	@Test
	void printsTokenThatTheApplicationAccepts(CapturedOutput output) throws Exception {
		try (ConfigurableApplicationContext context = SpringApplication.from(LocalIssuerTests::run)
			.with(LocalIssuer.class)
			.run("--server.port=0", "--local-issuer.scopes=read:notes", "--local-issuer.organization=org_acme",
					"--local-issuer.subject=auth0|42", "--server.servlet.context-path=/api")
			.getApplicationContext()) {
			assertThat(context.isRunning()).isTrue();
			Matcher curl = CURL.matcher(output);
			assertThat(curl.find()).isTrue();
			assertThat(curl.group(2)).endsWith("/api/notes");
			assertThat(call(curl.group(2), curl.group(1))).isEqualTo(200);
			assertThat(call(curl.group(2), "Bearer x")).isEqualTo(401);
		}
	}

	@Test
	void printsTokenWithWhatTheHandlerAsksFor(CapturedOutput output) throws Exception {
		try (ConfigurableApplicationContext context = SpringApplication.from(LocalIssuerTests::run)
			.with(LocalIssuer.class)
			.run("--server.port=0", "--spring.mvc.servlet.path=/v1")
			.getApplicationContext()) {
			assertThat(context.isRunning()).isTrue();
			assertThat(output).contains("# GET /notes (scope read:notes)");
			Matcher curl = CURL.matcher(output);
			assertThat(curl.find()).isTrue();
			assertThat(curl.group(2)).endsWith("/v1/notes");
			assertThat(call(curl.group(2), curl.group(1))).isEqualTo(200);
		}
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "local-issuer.scope", "local-issuer.users.alice.role", "local-issuer.clients.cron.secrets" })
	void stopsWhereAnotherPropertyIsSet(String property, CapturedOutput output) {
		assertThatException().isThrownBy(() -> SpringApplication.from(LocalIssuerTests::run)
			.with(LocalIssuer.class)
			.run("--server.port=0", "--" + property + "=read:notes"));
		assertThat(output).contains(property);
	}

	/** Auth0's tokens have no roles, so that no token can be made. */
	@Test
	void saysWhatTokensOfTheProviderCannotHold(CapturedOutput output) {
		try (ConfigurableApplicationContext context = SpringApplication.from(LocalIssuerTests::runWithRole)
			.with(LocalIssuer.class)
			.run("--server.port=0", "--auth-starter.provider=auth0")
			.getApplicationContext()) {
			assertThat(context.isRunning()).isTrue();
			assertThat(output).contains("# GET /role (role editor)", "# Tokens of provider 'auth0' cannot hold",
					"# GET /notes (scope read:notes)");
		}
	}

	/** A variable of the environment that the developer does not have. */
	@Test
	void takesThePlaceOfAnIssuerThatIsNotSet() {
		try (ConfigurableApplicationContext context = SpringApplication.from(LocalIssuerTests::run)
			.with(LocalIssuer.class)
			.run("--server.port=0", "--auth-starter.issuer=${UNSET_ISSUER}")
			.getApplicationContext()) {
			assertThat(context.isRunning()).isTrue();
		}
	}

	/** The issuer of the configuration shows its provider, the local one does not. */
	@Test
	void writesTokensOfDetectedProvider() {
		try (ConfigurableApplicationContext context = SpringApplication.from(LocalIssuerTests::run)
			.with(LocalIssuer.class)
			.run("--server.port=0", "--auth-starter.issuer=https://acme.eu.auth0.com/",
					"--auth-starter.provider=detect")
			.getApplicationContext()) {
			assertThat(context.getEnvironment().getProperty("auth-starter.provider")).isEqualTo("auth0");
		}
	}

	@Test
	void saysThatThePortIsTaken() {
		try (TestIssuer issuer = TestIssuer.start()) {
			int port = issuer.jwksUri().getPort();
			assertThatIllegalStateException().isThrownBy(() -> TestIssuer.startOnPort(port))
				.withMessage(
						"Port %d is in use, perhaps by another issuer. Stop that one, choose another port, or use a "
							.formatted(port) + "free one with TestIssuer.start().");
		}
	}

	@Test
	void portMayBeChosen() {
		int port;
		try (TestIssuer issuer = TestIssuer.start()) {
			port = issuer.jwksUri().getPort();
		}
		try (TestIssuer issuer = TestIssuer.startOnPort(port)) {
			assertThat(issuer.issuer()).isEqualTo("http://localhost:" + port);
		}
	}

	private static void run(String[] args) {
		SpringApplication.run(AutoConfiguredIssuerTests.NotesApplication.class, args);
	}

	private static void runWithRole(String[] args) {
		new SpringApplicationBuilder(AutoConfiguredIssuerTests.NotesApplication.class, RoleController.class).run(args);
	}

	@RestController
	static class RoleController {

		@GetMapping("/role")
		@RequiresRole("editor")
		void role() {
		}

	}

	private static int call(String uri, String authorization) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create(uri)).header("Authorization", authorization).build();
		return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
	}

}
