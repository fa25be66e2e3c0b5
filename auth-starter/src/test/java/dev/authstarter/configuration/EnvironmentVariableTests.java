package dev.authstarter.configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.authstarter.TrustedIssuer;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.issuer.TrustedIssuers;
import dev.authstarter.operations.startup.EnvironmentLint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Properties that are set by environment variables.
 */
@ExtendWith(OutputCaptureExtension.class)
class EnvironmentVariableTests {

	/** In texts and in the lines of a shell, a container or a manifest. */
	private static final Pattern VARIABLE = Pattern.compile("AUTH_?STARTER_[A-Z0-9_]+");

	private static final Pattern ROW = Pattern
		.compile("(?m)^\\| `(auth-starter[^`]+)` \\| `(AUTH_?STARTER_[A-Z0-9_]+)`");

	/** What {@code docs/deployment.md} warns of. */
	private static final String WRONG = "AUTHSTARTER_UNDECLARED_HANDLERS";

	private final WebApplicationContextRunner context = new WebApplicationContextRunner()
		.withUserConfiguration(TestApi.class);

	@Test
	void setsEveryProperty() {
		for (ConfigurationMetadata.Property property : ConfigurationMetadata.load().properties()) {
			String name = property.name().replace("<name>", "staff").replace("[n]", "[0]");
			assertThat(find(PropertyNames.variable(name), name)).as(name).isEqualTo("set");
		}
	}

	@Test
	void setsEveryPropertyThatADocumentNamesWithIt() throws IOException {
		List<String[]> rows = ROW.matcher(Files.readString(Path.of("../docs/deployment.md")))
			.results()
			.map((row) -> new String[] { row.group(1), row.group(2) })
			.toList();
		assertThat(rows).hasSizeGreaterThan(8)
			.allSatisfy((row) -> assertThat(find(row[1], row[0])).as(row[1]).isEqualTo("set"));
	}

	@Test
	void isReadWhereADocumentHasIt() throws IOException {
		StringBuilder text = new StringBuilder(Files.readString(Path.of("../README.md")));
		try (Stream<Path> documents = Files.list(Path.of("../docs"))) {
			for (Path document : documents.toList()) {
				text.append(Files.readString(document));
			}
		}
		Map<String, Object> variables = new LinkedHashMap<>();
		VARIABLE.matcher(text).results().forEach((name) -> variables.put(name.group(), ""));
		assertThat(variables).hasSizeGreaterThan(8).containsKey(WRONG);
		StandardEnvironment environment = environment(variables);
		environment.getPropertySources()
			.addLast(new MapPropertySource("file", Map.of("auth-starter.issuers.our-staff.provider", "auth0")));
		assertThat(findings(environment)).singleElement().asString().contains(WRONG);
	}

	@Test
	void configuresTheApplication() {
		withVariables(Map.of("AUTHSTARTER_ISSUERS_STAFF_ISSUER", "https://staff.example/",
				"AUTHSTARTER_ISSUERS_STAFF_AUDIENCE", "one,two", "AUTHSTARTER_ISSUERS_STAFF_ORGANIZATION_ALLOWED", "*",
				"AUTHSTARTER_UNDECLAREDHANDLERS", "deny", "AUTHSTARTER_RULES_0_PATH", "/legacy/**",
				"AUTHSTARTER_RULES_0_SCOPES_0", "read:legacy"))
			.run((started) -> {
				TrustedIssuer issuer = started.getBean(TrustedIssuers.class).first();
				assertThat(issuer.name()).isEqualTo("staff");
				assertThat(issuer.issuer()).isEqualTo("https://staff.example/");
				assertThat(issuer.audiences()).containsExactlyInAnyOrder("one", "two");
				AuthStarterProperties properties = started.getBean(AuthStarterProperties.class);
				assertThat(properties.undeclaredHandlers()).isEqualTo(UndeclaredHandlers.DENY);
				assertThat(properties.rules()).singleElement()
					.satisfies((rule) -> assertThat(rule.scopes()).containsExactly("read:legacy"));
			});
	}

	@Test
	void addsToAnIssuerWhoseNameHasADash() {
		withVariables(Map.of("AUTH_STARTER_ISSUERS_OUR_STAFF_AUDIENCE", "one"))
			.withPropertyValues("auth-starter.issuers.our-staff.issuer=https://staff.example/")
			.run((started) -> {
				assertThat(started.getBean(TrustedIssuers.class)).singleElement()
					.satisfies((issuer) -> assertThat(issuer.audiences()).containsExactly("one"));
				assertThat(findings(started.getEnvironment())).isEmpty();
			});
	}

	@ParameterizedTest
	@CsvSource({ "auth-starter.issuer, AUTHSTARTER_ISSUER", "auth-starter.jwks-uri, AUTHSTARTER_JWKSURI",
			"auth-starter.rules[0].path, AUTHSTARTER_RULES_0_PATH",
			"auth-starter.issuers.staff.jwks-uri, AUTHSTARTER_ISSUERS_STAFF_JWKSURI",
			"auth-starter.issuers.our-staff.jwks-uri, AUTH_STARTER_ISSUERS_OUR_STAFF_JWKS_URI",
			"auth-starter.issuers.ourStaff.issuer, AUTH_STARTER_ISSUERS_OURSTAFF_ISSUER" })
	void isSpelled(String property, String variable) {
		assertThat(PropertyNames.variable(property)).isEqualTo(variable);
	}

	@Test
	void isNamedAtTheStartWhereItSetsNothing(CapturedOutput output) {
		withVariables(Map.of("AUTHSTARTER_ISSUER", "https://issuer.example/", "AUTHSTARTER_AUDIENCE", "one",
				"AUTHSTARTER_UNDECLARED_HANDLERS", "deny", "AUTHSTARTER_AUDIANCE", "secret"))
			.run((started) -> assertThat(started).hasNotFailed());
		assertThat(output.getAll().lines().filter((line) -> line.startsWith("  warning: "))).containsExactly(
				"  warning: The environment variable 'AUTHSTARTER_AUDIANCE' has no effect: there is no such property. "
						+ "In the name of a variable, dots become underscores and dashes are removed.",
				"  warning: The environment variable 'AUTHSTARTER_UNDECLARED_HANDLERS' has no effect: the variable "
						+ "for 'auth-starter.undeclared-handlers' is 'AUTHSTARTER_UNDECLAREDHANDLERS'.");
	}

	@Test
	void isNotNamedWhereAnotherSourceOverridesIt() {
		StandardEnvironment environment = environment(
				Map.of("AUTHSTARTER_AUDIENCE", "one", "AUTHSTARTER_CLOCKSKEW", ""));
		environment.getPropertySources()
			.addFirst(new MapPropertySource("args", Map.of("auth-starter.audience", "two")));
		assertThat(findings(environment)).isEmpty();
	}

	@Test
	void isNotNamedWhereItIsAnothers() {
		assertThat(findings(environment(Map.of("AUTH_STARTER_SERVICE_HOST", "10.0.0.1", "AUTH_STARTER_PORT",
				"tcp://10.0.0.1:80", "AUTH_STARTER_PORT_80_TCP", "tcp://10.0.0.1:80", "AUTHSTARTERS_HOME", "/opt"))))
			.isEmpty();
	}

	private static List<String> findings(ConfigurableEnvironment environment) {
		return new EnvironmentLint(environment).findings();
	}

	private static Object find(String variable, String property) {
		return new Binder(Objects.requireNonNull(ConfigurationPropertySource.from(variables(Map.of(variable, "set")))))
			.bind(property, String.class)
			.orElse("not set");
	}

	private WebApplicationContextRunner withVariables(Map<String, Object> variables) {
		return this.context.withInitializer((starting) -> starting.getEnvironment()
			.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables(variables)));
	}

	private static StandardEnvironment environment(Map<String, Object> variables) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables(variables));
		return environment;
	}

	private static SystemEnvironmentPropertySource variables(Map<String, Object> variables) {
		return new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
				variables);
	}

}
