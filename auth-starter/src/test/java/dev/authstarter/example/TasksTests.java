package dev.authstarter.example;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.authstarter.AccessToken;
import dev.authstarter.CallerType;
import dev.authstarter.Organization;
import dev.authstarter.RequiresCaller;
import dev.authstarter.RequiresOrganization;
import dev.authstarter.RequiresRole;
import dev.authstarter.RequiresScope;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.IntrospectionServer;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The configurations and the code of the documents for single tasks. Each configuration
 * is read from its document. Only keys, clock and the address of the introspection
 * endpoint are replaced.
 */
@Tag("server")
class TasksTests {

	private static final List<String> DOCUMENTS = List.of("several-issuers", "opaque-tokens", "machines",
			"roles-per-organization");

	private static final Path SOURCE = Path.of("src/test/java/dev/authstarter/example/TasksTests.java");

	private static final Pattern JAVA = Pattern.compile("```java\n(@(?:Get|Post|Delete)Mapping.*?)```", Pattern.DOTALL);

	private static final Pattern YAML = Pattern.compile("<!-- task: ([a-z-]+)\\.yml -->\n```yaml\n(.*?)```",
			Pattern.DOTALL);

	private static final String AUDIENCE = "https://notes.acme.example";

	@Test
	void documentsHaveTheCodeThatRuns() throws IOException {
		String source = words(Files.readString(SOURCE));
		List<String> blocks = DOCUMENTS.stream()
			.flatMap((name) -> JAVA.matcher(read(name)).results())
			.map((block) -> words(block.group(1)))
			.toList();
		assertThat(blocks).hasSize(3).allSatisfy((block) -> assertThat(source).contains(block));
	}

	@Test
	void everyConfigurationOfTheDocumentsIsHere() throws IOException {
		try (Stream<Path> documents = Files.list(Path.of("../docs"))) {
			List<String> marked = documents.filter((document) -> document.toString().endsWith(".md"))
				.map((document) -> document.getFileName().toString().replace(".md", ""))
				.flatMap((name) -> YAML.matcher(read(name)).results())
				.map((yaml) -> yaml.group(1))
				.toList();
			assertThat(marked).containsExactlyInAnyOrderElementsOf(DOCUMENTS);
		}
	}

	@Test
	void issuersAreKeptApart() {
		try (ConfigurableApplicationContext started = start(configuration("several-issuers"))) {
			HttpCalls http = http(started);
			TestToken staff = keycloak("https://id.acme.example/realms/staff").with("organization",
					Map.of("acme", Map.of("id", "54d1")));
			TestToken partner = token("https://partners.eu.auth0.com/", AUDIENCE).with("azp", "ENDmmAJs")
				.with("scope", "read:notes")
				.with("org_id", "partner-1");
			assertThat(http.getWithToken("/acting", staff.signed()).body()).isEqualTo("acme");
			assertThat(http.getWithToken("/acting", partner.signed()).body()).isEqualTo("partner-1");
			assertThat(http.answer("/acting", staff.with("aud", AUDIENCE).signed())).isEqualTo("401 wrong_audience");
			assertThat(http.answer("/acting", partner.with("aud", "notes-api").signed()))
				.isEqualTo("401 wrong_audience");
			assertThat(http.answer("/acting", staff.with("iss", "https://id.acme.example/realms/other").signed()))
				.isEqualTo("401 wrong_issuer");
			assertThat(http.answer("/acting",
					staff.with("organization", Map.of("partner-1", Map.of("id", "7c02"))).signed()))
				.isEqualTo("403 organization_not_allowed");
			assertThat(http.answer("/acting", partner.with("org_id", "acme").signed()))
				.isEqualTo("403 organization_not_allowed");
			assertThat(http
				.getWithToken("/acting",
						staff.with("organization", Map.of("acme", Map.of(), "partner-1", Map.of())).signed())
				.body()).isEqualTo("acme");
		}
	}

	@Test
	void opaqueTokensAreIntrospected() {
		String answer = "{\"active\":true,\"sub\":\"42\",\"client_id\":\"notes-spa\",\"scope\":\"read:notes\",\"token_type\":\"Bearer\"%s}";
		String audience = ",\"aud\":\"%s\"".formatted(AUDIENCE);
		String expiry = ",\"exp\":%d".formatted(TestApi.NOW.getEpochSecond() + 300);
		assertThat(introspected(answer.formatted(audience + expiry), "good-1")).isEqualTo("200");
		assertThat(introspected(answer.formatted(audience + expiry), "unknown-1")).isEqualTo("401 inactive_token");
		assertThat(introspected(answer.formatted(expiry), "good-1")).isEqualTo("401 wrong_audience");
		assertThat(introspected(answer.formatted(audience), "good-1")).isEqualTo("401 missing_expiry");
	}

	private static String introspected(String answer, String token) {
		Map<String, Object> properties = configuration("opaque-tokens");
		properties.put("INTROSPECTION_SECRET", "secret");
		try (IntrospectionServer server = new IntrospectionServer(answer)) {
			assertThat(properties.put("auth-starter.introspection.uri", server.uri().toString())).isNotNull();
			try (ConfigurableApplicationContext started = start(properties)) {
				HttpCalls http = http(started);
				String first = http.answer("/caller", token);
				assertThat(http.answer("/caller", token)).isEqualTo(first);
				assertThat(server.asked()).containsExactly(token);
				return first;
			}
		}
	}

	@Test
	void opaqueTokensAreRefusedWithoutAnEndpoint() {
		Map<String, Object> properties = configuration("opaque-tokens");
		properties.keySet().removeIf((name) -> name.contains("introspection"));
		try (ConfigurableApplicationContext started = start(properties)) {
			assertThat(http(started).answer("/caller", "good-1")).isEqualTo("401 malformed_token");
		}
	}

	@Test
	void machinesHaveRulesOfTheirOwn() {
		try (ConfigurableApplicationContext started = start(configuration("machines"))) {
			HttpCalls http = http(started);
			TestToken machine = token("https://id.acme.example/", AUDIENCE).with("sub", "importer")
				.with("client_id", "importer");
			TestToken user = machine.with("sub", "42");
			assertThat(startImport(http, machine.with("scope", "write:imports"))).isEqualTo(200);
			assertThat(startImport(http, machine.with("scope", "other"))).isEqualTo(403);
			assertThat(startImport(http, user.with("scope", "write:imports"))).isEqualTo(403);
			assertThat(http.answer("/caller", machine.signed())).isEqualTo("403 no_grants");

			String usage = "/organizations/acme/usage";
			assertThat(http.answer(usage, machine.with("scope", "read:usage").signed())).isEqualTo("200");
			assertThat(http.answer(usage, machine.with("scope", "other").signed())).isEqualTo("403 insufficient_scope");
			assertThat(http.answer(usage, user.with("scope", "read:usage").signed()))
				.isEqualTo("403 organization_missing");

			String one = "/organizations/acme";
			assertThat(http.answer(one, machine.with("scope", "other").signed())).isEqualTo("403 organization_missing");
			assertThat(http.answer(one, machine.with("scope", "act:anywhere").signed())).isEqualTo("200");
			assertThat(http.answer(one, user.with("scope", "act:anywhere").signed()))
				.isEqualTo("403 organization_missing");
			assertThat(http.answer(one, machine.with("scope", "act:anywhere").with("org_id", "globex").signed()))
				.isEqualTo("403 organization_mismatch");
		}
	}

	private static int startImport(HttpCalls http, TestToken token) {
		return http
			.send(http.request("/imports")
				.POST(BodyPublishers.noBody())
				.header("Authorization", "Bearer " + token.signed()))
			.statusCode();
	}

	@Test
	void roleCountsInItsOrganization() {
		try (ConfigurableApplicationContext started = start(configuration("roles-per-organization"))) {
			HttpCalls http = http(started);
			TestToken editor = keycloak("https://id.acme.example/realms/acme")
				.with("realm_access", Map.of("roles", List.of("viewer")))
				.with("organization",
						Map.of("acme", Map.of("id", "54d1", "realm_access", Map.of("roles", List.of("editor"))),
								"globex", Map.of("id", "7c02")));
			assertThat(delete(http, "acme", editor)).isEqualTo("200 acme");
			assertThat(delete(http, "globex", editor)).startsWith("403").contains("insufficient_role");
			assertThat(delete(http, "initech", editor)).startsWith("403").contains("organization_mismatch");
			assertThat(http.answer("/organizations/acme/viewers", editor.signed())).isEqualTo("200");
			assertThat(http.answer("/organizations/globex/viewers", editor.signed())).isEqualTo("200");
			assertThat(http.getWithToken("/organizations/acme/editors", editor.signed()).statusCode()).isEqualTo(403);
		}
	}

	private static String delete(HttpCalls http, String organization, TestToken token) {
		HttpResponse<String> response = http.send(http.request("/organizations/" + organization + "/notes")
			.DELETE()
			.header("Authorization", "Bearer " + token.signed()));
		return response.statusCode() + " " + response.body();
	}

	private static TestToken keycloak(String issuer) {
		return token(issuer, "notes-api").with("typ", "Bearer")
			.with("azp", "notes-spa")
			.with("realm_access", Map.of("roles", List.of("viewer")));
	}

	private static TestToken token(String issuer, String audience) {
		TestToken token = TestToken.validAt(TestApi.NOW).withType("JWT").with("iss", issuer).with("aud", audience);
		for (String claim : List.of("client_id", "scope", "org_id", "roles")) {
			token = token.without(claim);
		}
		return token;
	}

	private static String words(String code) {
		return code.replaceAll("\\s+", "");
	}

	private static String read(String name) {
		try {
			return Files.readString(Path.of("../docs").resolve(name + ".md"));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Map<String, Object> configuration(String name) {
		String yaml = YAML.matcher(read(name)).results().map((block) -> block.group(2)).findFirst().orElseThrow();
		try {
			PropertySource<?> source = new YamlPropertySourceLoader()
				.load(name, new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))
				.get(0);
			Map<String, Object> properties = new LinkedHashMap<>();
			for (String property : ((EnumerablePropertySource<?>) source).getPropertyNames()) {
				properties.put(property, String.valueOf(source.getProperty(property)));
			}
			return properties;
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static ConfigurableApplicationContext start(Map<String, Object> properties) {
		return new SpringApplicationBuilder(Notes.class, TestApi.class).properties("server.port=0")
			.properties(properties)
			.run();
	}

	private static HttpCalls http(ConfigurableApplicationContext started) {
		return new HttpCalls(started.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
	}

	@RestController
	static class Notes {

		@GetMapping("/acting")
		String acting(Organization organization) {
			return organization.id();
		}

		@GetMapping("/caller")
		String caller(AccessToken caller) {
			return caller.subject();
		}

		@GetMapping("/organizations/{organizationId}")
		String one(Organization organization) {
			return organization.id();
		}

		@PostMapping("/imports")
		@RequiresCaller(CallerType.MACHINE)
		@RequiresScope("write:imports")
		String startImport(AccessToken caller) {
			return caller.subject();
		}

		@GetMapping("/organizations/{organizationId}/usage")
		@RequiresOrganization(allowMachineWithoutOrganization = true)
		@RequiresScope("read:usage")
		String usage(Organization organization) {
			return organization.id();
		}

		@DeleteMapping("/organizations/{organizationId}/notes")
		@RequiresRole("editor")
		String deleteAll(Organization organization) {
			return organization.id();
		}

		@GetMapping("/organizations/{organizationId}/viewers")
		@RequiresRole("viewer")
		String viewers(Organization organization) {
			return organization.id();
		}

		@GetMapping("/organizations/{organizationId}/editors")
		@PreAuthorize("hasRole('editor')")
		String editors(Organization organization) {
			return organization.id();
		}

	}

}
