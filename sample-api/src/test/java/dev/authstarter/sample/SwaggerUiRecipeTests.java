package dev.authstarter.sample;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The configuration of {@code docs/swagger-ui.md}, in a separate application with only
 * that configuration.
 */
@Tag("server")
class SwaggerUiRecipeTests {

	private static final Pattern RECIPE = Pattern.compile("<!-- recipe: swagger-ui.yml -->\n```yaml\n(.*?)```",
			Pattern.DOTALL);

	private final HttpClient client = HttpClient.newHttpClient();

	@Test
	void opensPageAndDocument() throws Exception {
		try (ConfigurableApplicationContext started = start(recipe())) {
			assertThat(status(started, "/swagger-ui.html")).isEqualTo(302);
			assertThat(status(started, "/swagger-ui/index.html")).isEqualTo(200);
			assertThat(status(started, "/v3/api-docs")).isEqualTo(200);
			assertThat(status(started, "/v3/api-docs/swagger-config")).isEqualTo(200);
			assertThat(status(started, "/v3/api-docs.yaml")).isEqualTo(200);
			assertThat(status(started, "/elsewhere")).isEqualTo(401);
		}
	}

	@Test
	void isNeeded() throws Exception {
		try (ConfigurableApplicationContext started = start(List.of())) {
			assertThat(status(started, "/swagger-ui/index.html")).isEqualTo(401);
			assertThat(status(started, "/v3/api-docs")).isEqualTo(401);
		}
	}

	private static List<String> recipe() throws IOException {
		String yaml = RECIPE.matcher(Files.readString(Path.of("../docs/swagger-ui.md")))
			.results()
			.map((recipe) -> recipe.group(1))
			.findFirst()
			.orElseThrow();
		PropertySource<?> source = new YamlPropertySourceLoader()
			.load("recipe", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))
			.get(0);
		return List.of("--auth-starter.public-paths=" + source.getProperty("auth-starter.public-paths"));
	}

	private static ConfigurableApplicationContext start(List<String> recipe) {
		List<String> arguments = new ArrayList<>(recipe);
		// The application.yml on the class path is the sample's.
		arguments.addAll(List.of("--spring.config.name=none", "--server.port=0",
				"--auth-starter.issuer=https://issuer.example/", "--auth-starter.audience=https://api.example"));
		return new SpringApplicationBuilder(Application.class).run(arguments.toArray(String[]::new));
	}

	private int status(ConfigurableApplicationContext started, String path) throws IOException, InterruptedException {
		URI uri = URI.create("http://localhost:" + started.getEnvironment().getProperty("local.server.port") + path);
		return this.client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding()).statusCode();
	}

	@EnableAutoConfiguration(exclude = { DataSourceAutoConfiguration.class, HibernateJpaAutoConfiguration.class,
			DataJpaRepositoriesAutoConfiguration.class, FlywayAutoConfiguration.class })
	static class Application {

	}

}
