package dev.authstarter.operations.startup;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import dev.authstarter.RequiresRole;
import dev.authstarter.RequiresScope;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.stereotype.Service;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.support.StandardServletEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

/**
 * Starts an application with each misconfiguration of {@code docs/misconfigurations.md},
 * and compares the page with the output.
 */
@Tag("server")
@ExtendWith(OutputCaptureExtension.class)
class MisconfigurationsDocumentTests {

	private static final Path DOCUMENT = Path.of("../docs/misconfigurations.md");

	private static final String START = "<!-- misconfigurations -->\n";

	private static final String END = "<!-- end of misconfigurations -->\n";

	private static final String GOOD = """
			auth-starter:
			  issuer: https://login.acme.example/
			  audience: https://api.acme.example
			""";

	private static final String AUTH0 = """
			auth-starter:
			  issuer: https://acme.eu.auth0.com/
			  audience: https://api.acme.example
			""";

	private static final List<Misconfiguration> ALL = List.of(
			configured("Neither issuer nor audience", "spring.application.name: clinic\n"),
			configured("No audience", """
					auth-starter:
					  issuer: https://login.acme.example/
					"""), configured("An empty environment variable", """
					auth-starter:
					  issuer: https://login.acme.example/
					""").with("AUTHSTARTER_AUDIENCE", ""),
			configured("A misspelt environment variable", GOOD).with("AUTHSTARTER_UNDECLARED_HANDLERS", "deny"),
			configured("A misspelt property", GOOD + "  public-path: /docs/**\n"),
			configured("A placeholder without a value", """
					auth-starter:
					  issuer: https://login.acme.example/
					  audience: ${API_AUDIENCE}
					"""), configured("An issuer without its slash", """
					auth-starter:
					  provider: auth0
					  issuer: https://acme.eu.auth0.com
					  audience: https://api.acme.example
					"""), configured("An issuer over http", """
					auth-starter:
					  issuer: http://login.acme.example/
					  audience: https://api.acme.example
					"""), configured("The address of a document in place of the issuer", """
					auth-starter:
					  issuer: https://login.acme.example/.well-known/openid-configuration
					  audience: https://api.acme.example
					"""), configured("No provider", AUTH0),
			configured("The wrong provider", AUTH0 + "  provider: keycloak\n"),
			configured("An audience of the provider", """
					auth-starter:
					  provider: auth0
					  issuer: https://acme.eu.auth0.com/
					  audience: https://acme.eu.auth0.com/userinfo
					"""), configured("A client id as audience", """
					auth-starter:
					  provider: auth0
					  issuer: https://acme.eu.auth0.com/
					  audience: AaiyAPdpYdesoKnqjj8HJqRn4T5titww
					"""), configured("A dotted selector", GOOD + "  claims.roles: realm_access.roles\n"),
			configured("Everything is public", GOOD + "  public-paths: /**\n"),
			configured("A path variable that is not compared with the token", GOOD).with(Notes.class,
					"@GetMapping(\"/orgs/{orgId}/notes\")"),
			configured("A configured path variable that no path has",
					GOOD + "  organization.path-variables: organisationId\n"),
			configured("A role with the prefix of its authority", GOOD).with(Prefixed.class,
					"@RequiresRole(\"ROLE_editor\")"),
			configured("A rule that no token can fulfil", AUTH0 + "  provider: auth0\n").with(Drafts.class,
					"@RequiresRole(\"editor\")"),
			configured("A rule that cannot be enforced", GOOD).with(Hidden.class,
					"@RequiresScope(\"read:drafts\")\nprivate void read() {"),
			configured("A rule behind a filter chain that reads no tokens", GOOD).with(OwnChain.class,
					"http.securityMatcher(\"/drafts/**\").httpBasic(withDefaults());"),
			configured("A handler without a rule", GOOD + "  undeclared-handlers: fail-start\n").with(Notes.class,
					"@GetMapping(\"/orgs/{orgId}/notes\")"),
			configured("A symmetric algorithm", GOOD + "  algorithms: RS256, HS256\n"),
			configured("Clocks that may differ too much", GOOD + "  clock-skew: 10m\n"),
			configured("Two different issuers", GOOD + """
					spring.security.oauth2.resourceserver.jwt:
					  issuer-uri: https://other.acme.example/
					"""), configured("Two issuers whose tokens may name each other's organizations", """
					auth-starter.issuers:
					  staff:
					    issuer: https://staff.acme.example/
					    audience: https://api.acme.example
					  partners:
					    issuer: https://partners.acme.example/
					    audience: https://api.acme.example
					"""), configured("Diagnostics in production", GOOD + "  diagnostics.enabled: true\n"));

	@TempDir
	Path folder = Path.of("");

	@Test
	void pageShowsWhatIsPrinted(CapturedOutput output) throws IOException {
		StringBuilder table = new StringBuilder("| misconfiguration | start-up |\n| --- | --- |\n");
		StringBuilder sections = new StringBuilder();
		for (Misconfiguration wrong : ALL) {
			Printed printed = start(wrong, output);
			table.append("| [%s](#%s) | %s |\n".formatted(wrong.title(), wrong.anchor(),
					printed.failed() ? "fails" : "warns"));
			sections.append(wrong.section(printed));
		}
		String document = Files.readString(DOCUMENT);
		String expected = document.substring(0, document.indexOf(START) + START.length()) + table + sections + "\n"
				+ document.substring(document.indexOf(END));
		if (System.getenv("WRITE_DOCUMENT") != null) {
			Files.writeString(DOCUMENT, expected);
		}
		assertThat(Files.readString(DOCUMENT))
			.as("What is printed has changed. Replace the page with: "
					+ "WRITE_DOCUMENT=1 mvn test -pl auth-starter -Dtest=MisconfigurationsDocumentTests")
			.isEqualTo(expected);
	}

	@Test
	void nothingIsSaidOfTheRightConfiguration(CapturedOutput output) throws IOException {
		for (String yaml : List.of(GOOD, AUTH0 + "  provider: auth0\n")) {
			assertThat(print(configured("Right", yaml), output)).isEmpty();
		}
	}

	@Test
	void codeOfThePageIsInThisClass() throws IOException {
		String source = Files
			.readString(Path.of("src/test/java/dev/authstarter/operations/startup/MisconfigurationsDocumentTests.java"))
			.replaceAll("\\s+", "");
		String classes = source.substring(source.indexOf("staticclassClinic{"));
		assertThat(ALL).extracting((wrong) -> wrong.code().replaceAll("\\s+", ""))
			.allSatisfy((code) -> assertThat(classes).contains(code));
	}

	private Printed start(Misconfiguration wrong, CapturedOutput output) throws IOException {
		List<Printed> printed = print(wrong, output);
		assertThat(printed).as(wrong.title()).hasSize(1);
		return printed.get(0);
	}

	private List<Printed> print(Misconfiguration wrong, CapturedOutput output) throws IOException {
		int before = output.getAll().length();
		Files.writeString(this.folder.resolve("application.yml"), wrong.yaml());
		try (URLClassLoader resources = new URLClassLoader(new URL[] { this.folder.toUri().toURL() },
				getClass().getClassLoader())) {
			new SpringApplicationBuilder(Clinic.class, wrong.application())
				.resourceLoader(new DefaultResourceLoader(resources))
				.environment(new StandardServletEnvironment() {

					@Override
					public Map<String, Object> getSystemEnvironment() {
						return wrong.variables();
					}

				})
				.run("--server.port=0", "--auth-starter.keys.warm-up=false")
				.close();
		}
		catch (RuntimeException ex) {
			String text = readable(output.getAll().substring(before));
			return List.of(new Printed(true, text.substring(text.indexOf("Description:")).strip()));
		}
		return readable(output.getAll().substring(before)).lines()
			.filter((line) -> line.startsWith("  warning: "))
			.map((line) -> new Printed(false, line.strip()))
			.toList();
	}

	private static String readable(String text) {
		return text.replace("\r\n", "\n").replace(MisconfigurationsDocumentTests.class.getName() + "$", "com.example.");
	}

	private static Misconfiguration configured(String title, String yaml) {
		return new Misconfiguration(title, yaml, Map.of(), Clinic.class, "");
	}

	private record Printed(boolean failed, String text) {

	}

	private record Misconfiguration(String title, String yaml, Map<String, Object> variables, Class<?> application,
			String code) {

		Misconfiguration with(String variable, String value) {
			return new Misconfiguration(this.title, this.yaml, Map.of(variable, value), this.application, this.code);
		}

		Misconfiguration with(Class<?> application, String code) {
			return new Misconfiguration(this.title, this.yaml, this.variables, application, code);
		}

		String anchor() {
			return this.title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", "").replace(' ', '-');
		}

		String section(Printed printed) {
			List<String> parts = new ArrayList<>(List.of("### " + this.title, block("yaml", this.yaml.strip())));
			if (!this.variables.isEmpty()) {
				parts.add(block("",
						this.variables.entrySet()
							.stream()
							.map((variable) -> variable.getKey() + "=" + variable.getValue())
							.collect(Collectors.joining("\n"))));
			}
			if (!this.code.isEmpty()) {
				parts.add(block("java", this.code));
			}
			parts.add(printed.failed() ? "Start-up fails:" : "The start-up report warns:");
			parts.add(block("", printed.text()));
			return "\n" + String.join("\n\n", parts) + "\n";
		}

		private static String block(String language, String text) {
			return "```%s\n%s\n```".formatted(language, text);
		}

	}

	@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
	static class Clinic {

	}

	@RestController
	static class Notes {

		@GetMapping("/orgs/{orgId}/notes")
		List<String> list() {
			return List.of();
		}

	}

	@RestController
	static class Prefixed {

		@GetMapping("/drafts")
		@RequiresRole("ROLE_editor")
		List<String> list() {
			return List.of();
		}

	}

	@RestController
	static class Drafts {

		@GetMapping("/drafts")
		@RequiresRole("editor")
		List<String> list() {
			return List.of();
		}

	}

	@Service
	static class Hidden {

		List<String> list() {
			read();
			return List.of();
		}

		@RequiresScope("read:drafts")
		private void read() {
		}

	}

	@RestController
	static class OwnChain {

		@Bean
		SecurityFilterChain drafts(HttpSecurity http) {
			http.securityMatcher("/drafts/**").httpBasic(withDefaults());
			return http.build();
		}

		@GetMapping("/drafts/mine")
		@RequiresScope("read:drafts")
		List<String> list() {
			return List.of();
		}

	}

}
