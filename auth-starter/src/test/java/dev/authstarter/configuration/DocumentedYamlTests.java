package dev.authstarter.configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The YAML of all documents: each block is valid, its properties exist, and the manifests
 * for Kubernetes and Docker Compose agree with the application that they start.
 */
class DocumentedYamlTests {

	/** Its blocks contain errors, each with a test of its own. */
	private static final String MISCONFIGURATIONS = "docs/misconfigurations.md";

	private static final Path SAMPLE = Path.of("../sample-api/src/main/resources/application.yml");

	private final WebApplicationContextRunner context = new WebApplicationContextRunner()
		.withUserConfiguration(TestApi.class);

	static List<DocumentedYaml> blocks() throws IOException {
		return DocumentedYaml.all();
	}

	static Stream<List<Manifest>> manifests() throws IOException {
		return Stream.of("kubernetes.md", "docker-compose.md", "deployment.md").flatMap((document) -> {
			try {
				return DocumentedYaml.of(document).stream();
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		}).flatMap((block) -> block.parse().stream()).map(Manifest::find).filter((containers) -> !containers.isEmpty());
	}

	@Test
	void manifestsAndConfigurationsAreFound() throws IOException {
		assertThat(blocks()).hasSizeGreaterThan(60);
		assertThat(manifests()).hasSize(4);
		assertThat(manifests().flatMap(List::stream).flatMap((container) -> container.probes().stream())).hasSize(3);
		assertThat(manifests().flatMap(List::stream)
			.flatMap((container) -> container.variables().keySet().stream())
			.filter((variable) -> variable.startsWith("AUTHSTARTER_"))).hasSizeGreaterThan(10);
	}

	@ParameterizedTest
	@MethodSource("blocks")
	void isValid(DocumentedYaml block) {
		assertThat(block.parse()).isNotEmpty().doesNotContainNull();
	}

	@ParameterizedTest
	@MethodSource("blocks")
	void hasPropertiesThatExist(DocumentedYaml block) {
		if (!block.toString().startsWith(MISCONFIGURATIONS)) {
			bind(block.properties());
		}
	}

	@ParameterizedTest
	@MethodSource("manifests")
	void manifestAgreesWithTheApplication(List<Manifest> containers) {
		assertThat(ManifestCheck.findings(containers)).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("manifests")
	void applicationStartsWithTheVariablesOfTheManifest(List<Manifest> containers) {
		for (Manifest container : containers) {
			Map<String, Object> variables = new LinkedHashMap<>(container.variables());
			if (variables.containsKey("AUTHSTARTER_ISSUER")) {
				String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
				this.context
					.withInitializer((starting) -> starting.getEnvironment()
						.getPropertySources()
						.replace(name, new SystemEnvironmentPropertySource(name, variables)))
					.run((started) -> assertThat(started).hasNotFailed());
			}
		}
	}

	@Test
	@Tag("server")
	void probesAreAnsweredWithoutToken() throws IOException {
		List<String> paths = manifests().flatMap(List::stream)
			.flatMap((container) -> container.probes().stream())
			.map(Manifest.Probe::path)
			.distinct()
			.toList();
		try (ConfigurableApplicationContext started = new SpringApplicationBuilder(TestApi.class)
			.properties("server.port=0", "auth-starter.issuer=https://issuer.example/", "auth-starter.audience=one")
			.run()) {
			HttpCalls http = new HttpCalls(
					started.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
			assertThat(paths).contains("/actuator/health/liveness", "/actuator/health/readiness")
				.allSatisfy((path) -> assertThat(http.get(path).body()).isEqualTo("{\"status\":\"UP\"}"));
		}
	}

	/** The manifests are compared with Spring Boot's default port. */
	@Test
	void sampleServesAtTheDefaultPort() throws IOException {
		DocumentedYaml configuration = new DocumentedYaml(SAMPLE, 1, Files.readString(SAMPLE));
		assertThat(configuration.properties()).containsKey("auth-starter.issuer")
			.doesNotContainKeys("server.port", "management.server.port");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a: 1\na: 2", "a: [1", "a: b: c", "a:\n\t- 1" })
	void invalidBlockIsFound(String text) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new DocumentedYaml(Path.of("../docs/a.md"), 7, text).parse())
			.withMessageStartingWith("docs/a.md:7: ");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			AUTHSTARTER_JWKSURI       | AUTHSTARTER_JWKS_URI      | 'AUTHSTARTER_JWKSURI'
			AUTHSTARTER_AUDIENCE      | AUTHSTARTER_AUDIENSE      | 'AUTHSTARTER_AUDIENSE'
			AUTHSTARTER_PROVIDER      | PROVIDER                  | unknown: PROVIDER
			KC_BOOTSTRAP_ADMIN_USER   | KEYCLOAK_ADMIN_USER       | unknown: KEYCLOAK_ADMIN_USER
			http://keycloak:8080      | http://keycloak:8081      | is served at 8080
			http://keycloak:8080      | http://identity:8080      | is not served here
			http://localhost:8081     | http://localhost:8082     | is not published
			127.0.0.1:8080:8080       | 127.0.0.1:8080:9090       | port 9090 of 'api'
			127.0.0.1:8081:8080       | 127.0.0.1:8081:8443       | port 8443 of 'keycloak'
			AUTHSTARTER_PROVIDER: keycloak | JAVA_TOOL_OPTIONS: -Xmx1g -Dauth-starter.clock-scew=9s | clock-scew
			""")
	void errorInAComposeFileIsFound(String right, String wrong, String finding) throws IOException {
		assertThat(broken("docker-compose.md", right, wrong))
			.anySatisfy((found) -> assertThat(found).contains(finding));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			containerPort: 8080       | containerPort: 80         | port 80 of 'api'
			liveness, port: 8080      | liveness, port: 8081      | port 8081 of a probe
			auth0,postgres            | auth0,mysql               | profile mysql
			name: AUTH0_AUDIENCE      | name: AUTH0_API           | AUTH0_AUDIENCE is missing
			name: POSTGRES_URL        | name: POSTGRES_URI        | unknown: POSTGRES_URI
			name: POSTGRES_URL        | name: SERVER_PORT         | is not jdbc:
			""")
	void errorInADeploymentIsFound(String right, String wrong, String finding) throws IOException {
		assertThat(broken("kubernetes.md", right, wrong)).anySatisfy((found) -> assertThat(found).contains(finding));
	}

	@Test
	void unknownPropertyIsFound() {
		assertThatExceptionOfType(BindException.class)
			.isThrownBy(() -> bind(Map.of("auth-starter.http.ssl-bundel", "cluster")))
			.havingRootCause()
			.withMessage("The elements [auth-starter.http.ssl-bundel] were left unbound.");
	}

	private static List<String> broken(String document, String right, String wrong) throws IOException {
		String text = DocumentedYaml.of(document).get(0).text();
		assertThat(text).contains(right);
		DocumentedYaml broken = new DocumentedYaml(Path.of(document), 1, text.replace(right, wrong));
		return ManifestCheck.findings(Manifest.find(broken.parse().get(0)));
	}

	private static void bind(Map<String, Object> properties) {
		new Binder(new MapConfigurationPropertySource(properties)).bind(PropertyNames.PREFIX,
				Bindable.of(AuthStarterProperties.class), new NoUnboundElementsBindHandler(BindHandler.DEFAULT));
	}

}
