package dev.authstarter.test.issuer;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.nimbusds.jwt.SignedJWT;
import dev.authstarter.test.TokenForge;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What remains when an application with a {@link LocalIssuer} is restarted.
 */
@ExtendWith(OutputCaptureExtension.class)
class LocalIssuerRestartTests {

	private final int port = freePort();

	@TempDir
	private Path directory;

	@Test
	void tokenIsGoodAfterTheRestart() throws Exception {
		String token;
		try (ConfigurableApplicationContext context = start("a.json")) {
			token = token(context);
			assertThat(call(context, token)).isEqualTo(200);
		}
		try (ConfigurableApplicationContext context = start("a.json")) {
			assertThat(context.getBean(TestIssuer.class).issuer()).isEqualTo("http://localhost:" + this.port);
			assertThat(call(context, token)).isEqualTo(200);
		}
		try (ConfigurableApplicationContext context = start("b.json")) {
			assertThat(call(context, token)).isEqualTo(401);
			assertThat(call(context, token(context))).isEqualTo(200);
		}
	}

	@Test
	void everyAlgorithmSignsWithTheKeysOfTheFile() throws Exception {
		for (String algorithm : List.of("ES256", "EdDSA")) {
			String token;
			try (ConfigurableApplicationContext context = start("a.json", "--auth-starter.algorithms=" + algorithm)) {
				token = token(context);
			}
			assertThat(SignedJWT.parse(token).getHeader().getAlgorithm().getName()).isEqualTo(algorithm);
			assertThat(SignedJWT.parse(token).getHeader().getKeyID()).startsWith("local-");
			try (ConfigurableApplicationContext context = start("a.json", "--auth-starter.algorithms=" + algorithm)) {
				assertThat(call(context, token)).isEqualTo(200);
			}
		}
	}

	@Test
	void worldReadableFileStopsTheStart(CapturedOutput output) throws Exception {
		Path file = this.directory.resolve("a.json");
		Files.writeString(file, "{}");
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
		assertThatException().isThrownBy(() -> start("a.json"));
		assertThat(output).contains("for configuration property 'local-issuer.key-file'",
				"Its permissions are rw-r--r--, but private keys need rw-------.");
		assertThat(file).hasContent("{}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "0" })
	void keyFileNeedsPort(String free, CapturedOutput output) {
		assertThatException().isThrownBy(() -> start("a.json", "--local-issuer.port=" + free));
		assertThat(output).contains("It needs 'local-issuer.port': tokens contain the port of their issuer");
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void takenPortStopsTheStart(CapturedOutput output) {
		try (TestIssuer other = TestIssuer.startOnPort(this.port)) {
			assertThat(other.issuer()).isNotNull();
			assertThatException().isThrownBy(() -> start("a.json"));
		}
		assertThat(output).contains("for configuration property 'local-issuer.port'", "The port is in use already");
	}

	@ParameterizedTest
	@ValueSource(strings = { "-1", "65536" })
	void portIsOne(String port, CapturedOutput output) {
		assertThatException().isThrownBy(() -> start("a.json", "--local-issuer.port=" + port));
		assertThat(output).contains("for configuration property 'local-issuer.port'",
				"It must be between 0 and 65535.");
	}

	/** The issuer is up before the application fails. */
	@Test
	void failedStartFreesThePort() {
		assertThatException().isThrownBy(() -> start("a.json", "--auth-starter.clock-skew=1h"));
		TestIssuer.startOnPort(this.port).close();
	}

	private ConfigurableApplicationContext start(String keyFile, String... more) {
		Map<String, String> options = new LinkedHashMap<>(Map.of("--server.port", "0", "--local-issuer.port",
				String.valueOf(this.port), "--local-issuer.key-file", this.directory.resolve(keyFile).toString()));
		for (String option : more) {
			options.put(option.substring(0, option.indexOf('=')), option.substring(option.indexOf('=') + 1));
		}
		String[] args = options.entrySet().stream().map(Map.Entry::toString).toArray(String[]::new);
		return SpringApplication
			.from((all) -> SpringApplication.run(AutoConfiguredIssuerTests.NotesApplication.class, all))
			.with(LocalIssuer.class)
			.run(args)
			.getApplicationContext();
	}

	private static String token(ConfigurableApplicationContext context) {
		return context.getBean(TokenForge.class).token().withScopes("read:notes").value();
	}

	private static int call(ConfigurableApplicationContext context, String token)
			throws IOException, InterruptedException {
		URI uri = URI
			.create("http://localhost:%s/notes".formatted(context.getEnvironment().getProperty("local.server.port")));
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + token).build(),
					BodyHandlers.discarding())
			.statusCode();
	}

	private static int freePort() {
		try (TestIssuer issuer = TestIssuer.start()) {
			return issuer.jwksUri().getPort();
		}
	}

}
