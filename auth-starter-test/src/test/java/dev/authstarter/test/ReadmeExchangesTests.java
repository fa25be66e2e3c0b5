package dev.authstarter.test;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The HTTP exchanges of the README, replayed with forged tokens against the project of
 * the quick start, which is compiled here. A token is written as its placeholder, and
 * {@code …} in a body is any text without quotation marks.
 */
class ReadmeExchangesTests {

	private static final Path PROJECT = Path.of("src/it/quick-start/src/main");

	private static final Pattern BLOCK = Pattern.compile("```http\\n(.*?)```", Pattern.DOTALL);

	private static final Pattern EXCHANGE = Pattern
		.compile("(?<method>[A-Z]+) (?<path>/\\S*)\\nAuthorization: Bearer (?<token><[^>\\n]+>)\\n\\n"
				+ "HTTP/1\\.1 (?<status>\\d{3})\\n(?<headers>(?:[A-Za-z-]+: [^\\n]+\\n)*)(?:\\n(?<body>[^\\n]+)\\n)?");

	private static final Map<String, UnaryOperator<ForgedToken>> TOKENS = Map.of("<token>", (token) -> token,
			"<expired token>", ForgedToken::expired);

	private static ConfigurableApplicationContext started;

	@BeforeAll
	static void start(@TempDir Path classes) throws Exception {
		try (Stream<Path> files = Files.walk(PROJECT.resolve("java"))) {
			List<String> arguments = new ArrayList<>(List.of("-proc:none", "-parameters", "-d", classes.toString(),
					"-cp", System.getProperty("java.class.path")));
			files.map(Path::toString).filter((file) -> file.endsWith(".java")).forEach(arguments::add);
			assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
				.isZero();
		}
		URLClassLoader loader = new URLClassLoader(new URL[] { classes.toUri().toURL() },
				ReadmeExchangesTests.class.getClassLoader());
		started = new SpringApplicationBuilder(new DefaultResourceLoader(loader),
				loader.loadClass("com.example.clinic.ClinicApplication"), ForgedTokens.class)
			.properties("server.port=0", "spring.config.location=" + PROJECT.resolve("resources").toUri())
			.run();
	}

	@AfterAll
	static void stop() {
		started.close();
	}

	static List<String> blocks() throws IOException {
		return BLOCK.matcher(Files.readString(Path.of("../README.md")))
			.results()
			.map((block) -> block.group(1))
			.toList();
	}

	@Test
	void readmeHasAcceptedAndRefusedExchanges() throws IOException {
		assertThat(blocks().stream().map((block) -> parse(block).group("status"))).hasSizeGreaterThanOrEqualTo(4)
			.contains("200", "401", "403");
	}

	@ParameterizedTest
	@MethodSource("blocks")
	void exchangeIsAsShown(String block) throws Exception {
		Matcher exchange = parse(block);
		HttpResponse<String> response = send(exchange);
		assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
		assertThat(response.statusCode()).isEqualTo(Integer.parseInt(exchange.group("status")));
		Map<String, List<String>> shown = exchange.group("headers")
			.lines()
			.map((line) -> line.split(": ", 2))
			.collect(Collectors.groupingBy((header) -> header[0],
					Collectors.mapping((header) -> header[1], Collectors.toList())));
		shown.forEach((name, values) -> assertThat(response.headers().allValues(name)).as(name).isEqualTo(values));
		assertThat(response.headers().firstValue(HttpHeaders.WWW_AUTHENTICATE).isPresent())
			.as("a challenge is shown where one is sent")
			.isEqualTo(shown.containsKey(HttpHeaders.WWW_AUTHENTICATE));
		String body = (exchange.group("body") != null) ? exchange.group("body") : "";
		assertThat(response.body())
			.matches(Stream.of(body.split("…", -1)).map(Pattern::quote).collect(Collectors.joining("[^\"]+")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 200\n", "GET /\nAuthorization: Bearer eyJhbGciOiJSUzI1NiIs…\n\nHTTP/1.1 200\n",
			"GET /\nAuthorization: Bearer <token of another>\n\nHTTP/1.1 200\n",
			"GET /\nAuthorization: Bearer <token>\n\nHTTP/1.1 200\n\n1\n\nHTTP/1.1 200\n" })
	void exchangeThatCannotBeSentFails(String block) {
		assertThatIllegalArgumentException().isThrownBy(() -> parse(block));
	}

	private static Matcher parse(String block) {
		Matcher exchange = EXCHANGE.matcher(block);
		if (!exchange.matches()) {
			throw new IllegalArgumentException("This is not one request with its response: " + block);
		}
		if (!TOKENS.containsKey(exchange.group("token"))) {
			throw new IllegalArgumentException(exchange.group("token") + " is not one of " + TOKENS.keySet());
		}
		return exchange;
	}

	private static HttpResponse<String> send(Matcher exchange) throws Exception {
		ForgedToken token = started.getBean(TokenForge.class)
			.token()
			.withScopes("read:appointments")
			.forOrganization("org_acme");
		UnaryOperator<ForgedToken> shown = Objects.requireNonNull(TOKENS.get(exchange.group("token")));
		HttpRequest request = HttpRequest
			.newBuilder(URI.create("http://localhost:" + started.getEnvironment().getProperty("local.server.port")
					+ exchange.group("path")))
			.version(HttpClient.Version.HTTP_1_1)
			.method(exchange.group("method"), BodyPublishers.noBody())
			.header(HttpHeaders.AUTHORIZATION, shown.apply(token).authorization())
			.build();
		return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
	}

	/**
	 * Replaces the issuer's keys.
	 */
	@Configuration(proxyBeanMethods = false)
	@Import({ TokenForgeAutoConfiguration.class, ForgedKeysAutoConfiguration.class })
	static class ForgedTokens {

	}

}
