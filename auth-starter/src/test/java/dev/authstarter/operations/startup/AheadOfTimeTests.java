package dev.authstarter.operations.startup;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

import com.nimbusds.jose.jwk.JWKSet;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.JsonServer;
import dev.authstarter.fixture.TestKey;
import dev.authstarter.fixture.TestToken;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.SpringApplicationAotProcessor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application whose beans were processed ahead of time behaves like any other. It runs
 * the generated code in a separate JVM.
 */
class AheadOfTimeTests {

	private static JsonServer issuer;

	private static Process process;

	private static HttpCalls http;

	private final TestToken good = TestToken.validAt(Instant.now());

	@BeforeAll
	static void start(@TempDir Path folder) throws Exception {
		issuer = new JsonServer("/jwks");
		issuer.answer(200, new JWKSet(TestKey.RSA.publicKey()).toString());
		List<String> arguments = List.of("--server.port=0", "--auth-starter.issuer=" + TestToken.ISSUER,
				"--auth-starter.audience=" + TestToken.AUDIENCE, "--auth-starter.jwks-uri=" + issuer.uri("/jwks"));
		String classPath = generate(folder, arguments) + File.pathSeparator + System.getProperty("java.class.path");
		process = java(classPath, AheadOfTimeApi.class, List.of("-Dspring.aot.enabled=true"), arguments);
		http = new HttpCalls(port(process.inputReader()));
	}

	/**
	 * In a separate process, because classes that were already generated are not
	 * generated again.
	 */
	private static Path generate(Path folder, List<String> arguments) throws IOException, InterruptedException {
		Path sources = Files.createDirectory(folder.resolve("sources"));
		Path classes = Files.createDirectory(folder.resolve("classes"));
		List<String> all = new ArrayList<>(List.of(AheadOfTimeApi.class.getName(), sources.toString(),
				classes.toString(), classes.toString(), "dev.authstarter", "ahead-of-time"));
		all.addAll(arguments);
		Process processor = java(System.getProperty("java.class.path"), SpringApplicationAotProcessor.class, List.of(),
				all);
		String output = new String(processor.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(processor.waitFor()).as(output).isZero();
		List<String> options = new ArrayList<>(List.of("-nowarn", "-proc:none", "-d", classes.toString(), "-cp",
				classes + File.pathSeparator + System.getProperty("java.class.path")));
		try (Stream<Path> files = Files.walk(sources)) {
			files.map(Path::toString).filter((file) -> file.endsWith(".java")).forEach(options::add);
		}
		assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, options.toArray(String[]::new))).isZero();
		return classes;
	}

	private static Process java(String classPath, Class<?> main, List<String> options, List<String> arguments)
			throws IOException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(options);
		command.addAll(List.of("-cp", classPath, main.getName()));
		command.addAll(arguments);
		return new ProcessBuilder(command).redirectErrorStream(true).start();
	}

	private static int port(BufferedReader output) throws IOException {
		List<String> lines = new ArrayList<>();
		for (String line = output.readLine(); line != null; line = output.readLine()) {
			if (line.startsWith(AheadOfTimeApi.PORT)) {
				return Integer.parseInt(line.substring(AheadOfTimeApi.PORT.length()));
			}
			lines.add(line);
		}
		throw new IllegalStateException(String.join("\n", lines));
	}

	@AfterAll
	static void stop() throws InterruptedException {
		if (process != null) {
			process.destroy();
			process.waitFor();
		}
		issuer.close();
	}

	@ParameterizedTest
	@CsvSource(nullValues = "none", textBlock = """
			/open,            none,       200
			/notes,           none,       401 missing_token
			/notes,           read:notes, 200
			/notes,           other,      403 insufficient_scope
			/service,         read:notes, 403 insufficient_scope
			/service,         read:vault, 200
			/stock,           read:notes, 403 insufficient_scope
			/stock,           read:vault, 200
			/org_acme/notes,  read:notes, 200
			/org_other/notes, read:notes, 403 organization_mismatch
			""")
	void answersLikeAnyOther(String path, @Nullable String scope, String answer) {
		assertThat((scope != null) ? http.answer(path, this.good.with("scope", scope).signed()) : answer(path))
			.isEqualTo(answer);
	}

	private static String answer(String path) {
		int status = http.get(path).statusCode();
		return (status != 200) ? status + " " + HttpCalls.json(http.get(path)).get("reason") : "200";
	}

}
