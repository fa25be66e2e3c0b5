package dev.authstarter.sample;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

import dev.authstarter.test.issuer.TestIssuer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Processes the sample ahead of time, as for a native image, starts the result on the JVM
 * and calls it. Takes a minute and is not part of the build; its name keeps it out:
 * {@code mvn -pl sample-api -am test -Dtest=AotRun -Dsurefire.failIfNoSpecifiedTests=false}
 */
class AotRun {

	private static final String AUDIENCE = "https://api.clinic.example";

	private static final String APPOINTMENTS = "/organizations/org_acme/appointments";

	private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

	private final HttpClient http = HttpClient.newHttpClient();

	@TempDir
	Path work = Path.of("");

	@Test
	@Timeout(300)
	void sampleAnswersAsEver() throws Exception {
		process();
		compile();
		Path log = this.work.resolve("log");
		try (TestIssuer issuer = TestIssuer.start()) {
			Process api = java(log, "-Dspring.aot.enabled=true", SampleApplication.class.getName(), "--server.port=0",
					"--ISSUER=" + issuer.issuer());
			try {
				String origin = "http://localhost:" + port(api, log);
				String good = issuer.accessToken(AUDIENCE, rights("org_acme"));
				assertThat(get(origin + APPOINTMENTS, good).statusCode()).isEqualTo(200);
				assertThat(get(origin + "/me", good).body()).contains("\"read:appointments\"");
				assertThat(get(origin + APPOINTMENTS, issuer.accessToken(AUDIENCE, rights("org_globex"))).body())
					.contains("\"organization_mismatch\"");
				assertThat(get(origin + APPOINTMENTS, issuer.accessToken("https://other.example", rights("org_acme")))
					.body()).contains("\"wrong_audience\"");
				assertThat(get(origin + APPOINTMENTS, null).body()).contains("\"missing_token\"");
				assertThat(get(origin + "/actuator/health", null).statusCode()).isEqualTo(200);
			}
			finally {
				api.destroy();
			}
		}
	}

	private void process() throws Exception {
		Path log = this.work.resolve("processing");
		Process processor = java(log, "org.springframework.boot.SpringApplicationAotProcessor",
				SampleApplication.class.getName(), directory("sources"), directory("resources"), directory("classes"),
				"dev.authstarter", "sample-api");
		assertThat(processor.waitFor(2, TimeUnit.MINUTES)).isTrue();
		assertThat(processor.exitValue()).as(Files.readString(log)).isZero();
		try (Stream<Path> hints = Files.walk(this.work.resolve("resources"))) {
			assertThat(hints.filter(Files::isRegularFile))
				.anySatisfy((file) -> assertThat(file).content().contains("providers.json"));
		}
	}

	private void compile() throws IOException {
		List<String> arguments = new ArrayList<>(
				List.of("-nowarn", "-proc:none", "-parameters", "-d", directory("classes"), "-classpath", classPath()));
		try (Stream<Path> sources = Files.walk(this.work.resolve("sources"))) {
			sources.map(Path::toString).filter((name) -> name.endsWith(".java")).forEach(arguments::add);
		}
		assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
			.isZero();
	}

	private Process java(Path log, String... arguments) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", classPath()));
		command.addAll(List.of(arguments));
		return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
	}

	private String classPath() {
		return String.join(File.pathSeparator, this.work.resolve("classes").toString(),
				this.work.resolve("resources").toString(), System.getProperty("java.class.path"));
	}

	private String directory(String name) throws IOException {
		return Files.createDirectories(this.work.resolve(name)).toString();
	}

	private static String port(Process api, Path log) {
		return await().atMost(Duration.ofMinutes(2)).until(() -> {
			Matcher started = PORT.matcher(Files.readString(log));
			assertThat(api.isAlive()).as(Files.readString(log)).isTrue();
			return started.find() ? started.group(1) : "";
		}, (port) -> !port.isEmpty());
	}

	private static Map<String, @Nullable Object> rights(String organization) {
		return Map.of("scope", "read:appointments", "org_id", organization);
	}

	private HttpResponse<String> get(String uri, @Nullable String token) throws IOException, InterruptedException {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri));
		if (token != null) {
			request.header("Authorization", "Bearer " + token);
		}
		return this.http.send(request.build(), BodyHandlers.ofString());
	}

}
