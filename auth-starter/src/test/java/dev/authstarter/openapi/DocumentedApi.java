package dev.authstarter.openapi;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Starts an API with springdoc on Tomcat or on Reactor Netty.
 */
final class DocumentedApi {

	private DocumentedApi() {
	}

	/** Return the document of one stack, without the address of its server. */
	static JsonNode document(WebApplicationType stack, String path, Class<?> configuration, String... properties) {
		List<JsonNode> document = new ArrayList<>();
		call(stack, configuration, (calls) -> {
			HttpResponse<String> response = calls.get(path);
			assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
			document.add(JsonMapper.shared().readTree(response.body()));
		}, properties);
		assertThat(((ObjectNode) document.get(0)).remove("servers")).isNotNull();
		return document.get(0);
	}

	static void call(WebApplicationType stack, Class<?> configuration, Consumer<HttpCalls> calls,
			String... properties) {
		Map<String, String> all = new LinkedHashMap<>(Map.of("server.port", "0", "springdoc.api-docs.enabled", "true",
				"springdoc.enable-hateoas", "false", "springdoc.enable-data-rest", "false", "auth-starter.issuer",
				TestToken.ISSUER, "auth-starter.audience", TestToken.AUDIENCE, "auth-starter.public-paths",
				"/v3/**, /public/**"));
		for (String property : properties) {
			all.put(property.substring(0, property.indexOf('=')), property.substring(property.indexOf('=') + 1));
			if (property.startsWith("auth-starter.issuers.")) {
				all.keySet().removeAll(List.of("auth-starter.issuer", "auth-starter.audience"));
			}
		}
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(TestApi.class, configuration)
			.web(stack)
			.run(all.entrySet()
				.stream()
				.map((property) -> "--%s=%s".formatted(property.getKey(), property.getValue()))
				.toArray(String[]::new))) {
			calls.accept(
					new HttpCalls(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class)));
		}
	}

}
