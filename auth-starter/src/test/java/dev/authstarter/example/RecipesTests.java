package dev.authstarter.example;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import dev.authstarter.RequiresScope;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.config.annotation.CorsRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

/**
 * The code and configurations of {@code docs/cors.md}, {@code docs/filter-chains.md} and
 * {@code docs/metrics.md}. Swagger UI is tested in the sample, which has it on its class
 * path.
 */
@Tag("server")
class RecipesTests {

	private static final Path DOCUMENTS = Path.of("../docs");

	private static final Path SOURCE = Path.of("src/test/java/dev/authstarter/example/RecipesTests.java");

	private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

	private static final Pattern MANAGEMENT = Pattern.compile("<!-- recipe: management-port.yml -->\n```yaml\n(.*?)```",
			Pattern.DOTALL);

	private static final String PAGE = "https://app.acme.example";

	private final String token = TestToken.validAt(TestApi.NOW).with("scope", "read:rooms").signed();

	@Test
	void pageOfAnotherOriginCalls() throws IOException {
		assertIsInThisClass("cors.md", "addCorsMappings");
		try (ConfigurableApplicationContext started = start(WithPage.class)) {
			HttpCalls http = http(started);
			HttpResponse<String> preflight = http.send(http.request("/rooms")
				.method("OPTIONS", BodyPublishers.noBody())
				.header("Origin", PAGE)
				.header("Access-Control-Request-Method", "GET")
				.header("Access-Control-Request-Headers", "authorization"));
			assertThat(preflight.statusCode()).isEqualTo(200);
			assertThat(allowed(preflight)).isEqualTo(PAGE);
			HttpResponse<String> rooms = http.get("/rooms", "Origin", PAGE, "Authorization", "Bearer " + this.token);
			assertThat(rooms.statusCode()).isEqualTo(200);
			assertThat(allowed(rooms)).isEqualTo(PAGE);
			HttpResponse<String> refused = http.get("/rooms", "Origin", PAGE);
			assertThat(refused.statusCode()).isEqualTo(401);
			assertThat(allowed(refused)).isEqualTo(PAGE);
			assertThat(refused.headers().firstValue("Access-Control-Expose-Headers").orElse(""))
				.contains("WWW-Authenticate", "Retry-After");
			assertThat(http.get("/rooms", "Origin", "https://evil.example", "Authorization", "Bearer " + this.token)
				.statusCode()).isEqualTo(403);
		}
	}

	@Test
	void chainOfTheApplicationTakesItsOwnPaths() throws IOException {
		assertIsInThisClass("filter-chains.md", "backOffice");
		try (ConfigurableApplicationContext started = start(WithBackOffice.class)) {
			HttpCalls http = http(started);
			assertThat(http.get("/back-office/bills").statusCode()).isEqualTo(401);
			assertThat(http.get("/back-office/bills", "Authorization", "Bearer " + this.token).statusCode())
				.isEqualTo(401);
			assertThat(http
				.get("/back-office/bills", "Authorization",
						"Basic " + Base64.getEncoder()
							.encodeToString("clerk:secret".getBytes(StandardCharsets.US_ASCII)))
				.statusCode()).isEqualTo(200);
			assertThat(http.answer("/rooms", this.token)).isEqualTo("200");
			assertThat(http.get("/rooms").statusCode()).isEqualTo(401);
		}
	}

	@Test
	void metricsAreOpenOnTheManagementPortAlone() throws IOException {
		String yaml = MANAGEMENT.matcher(Files.readString(DOCUMENTS.resolve("metrics.md")))
			.results()
			.map((recipe) -> recipe.group(1))
			.findFirst()
			.orElseThrow();
		PropertySource<?> recipe = new YamlPropertySourceLoader()
			.load("recipe", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))
			.get(0);
		assertThat(recipe.getProperty("management.server.port")).isEqualTo(9001);
		try (ConfigurableApplicationContext started = start(Rooms.class, "--management.server.port=0",
				"--management.endpoints.web.exposure.include="
						+ recipe.getProperty("management.endpoints.web.exposure.include"),
				"--auth-starter.public-paths=" + recipe.getProperty("auth-starter.public-paths"))) {
			HttpCalls http = http(started);
			HttpCalls management = new HttpCalls(
					started.getEnvironment().getRequiredProperty("local.management.port", Integer.class));
			assertThat(management.get("/actuator/health").statusCode()).isEqualTo(200);
			assertThat(management.get("/actuator/metrics").statusCode()).isEqualTo(200);
			assertThat(management.get("/actuator/metrics/auth.tokens").statusCode()).isEqualTo(200);
			assertThat(management.get("/actuator").statusCode()).isEqualTo(401);
			assertThat(management.get("/rooms").statusCode()).isEqualTo(401);
			assertThat(management.answer("/rooms", this.token)).startsWith("404");
			assertThat(http.get("/actuator/metrics").statusCode()).isEqualTo(404);
			assertThat(http.get("/rooms").statusCode()).isEqualTo(401);
			assertThat(http.answer("/rooms", this.token)).isEqualTo("200");
		}
	}

	private static void assertIsInThisClass(String document, String method) throws IOException {
		String source = words(Files.readString(SOURCE));
		List<String> recipes = JAVA.matcher(Files.readString(DOCUMENTS.resolve(document)))
			.results()
			.map((block) -> words(block.group(1)))
			.filter((block) -> block.contains(method + "("))
			.toList();
		assertThat(recipes).hasSize(1).allSatisfy((block) -> assertThat(source).contains(block));
	}

	private static String words(String code) {
		return code.replaceAll("\\s+", "");
	}

	private static String allowed(HttpResponse<String> response) {
		return response.headers().firstValue("Access-Control-Allow-Origin").orElse("");
	}

	private static ConfigurableApplicationContext start(Class<?> application, String... arguments) {
		return new SpringApplicationBuilder(application, TestApi.class).properties(Map.of("server.port", "0",
				"auth-starter.issuer", TestToken.ISSUER, "auth-starter.audience", TestToken.AUDIENCE))
			.run(arguments);
	}

	private static HttpCalls http(ConfigurableApplicationContext started) {
		return new HttpCalls(started.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
	}

	@RestController
	static class Rooms {

		@GetMapping("/rooms")
		@RequiresScope("read:rooms")
		List<String> list() {
			return List.of("north");
		}

	}

	@Import(Rooms.class)
	static class WithPage implements WebMvcConfigurer {

		@Override
		public void addCorsMappings(CorsRegistry registry) {
			registry.addMapping("/**")
				.allowedOrigins("https://app.acme.example")
				.allowedMethods("GET", "POST", "DELETE");
		}

	}

	@Import(Rooms.class)
	@RestController
	static class WithBackOffice {

		@Bean
		SecurityFilterChain backOffice(HttpSecurity http) {
			http.securityMatcher("/back-office/**")
				.authorizeHttpRequests((requests) -> requests.anyRequest().hasRole("CLERK"));
			return http.httpBasic(withDefaults()).build();
		}

		@Bean
		InMemoryUserDetailsManager clerks() {
			return new InMemoryUserDetailsManager(
					User.withUsername("clerk").password("{noop}secret").roles("CLERK").build());
		}

		@GetMapping("/back-office/bills")
		List<String> bills() {
			return List.of();
		}

	}

}
