package dev.authstarter.example;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Principal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import com.nimbusds.jose.jwk.JWKSet;
import dev.authstarter.AccessToken;
import dev.authstarter.RequiresPermission;
import dev.authstarter.RequiresRole;
import dev.authstarter.RequiresScope;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.JsonServer;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestKey;
import dev.authstarter.fixture.TestToken;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpMethod;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.server.resource.authentication.DelegatingJwtGrantedAuthoritiesConverter;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.JwtGrantedAuthoritiesConverter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

/**
 * The configurations and the code of {@code docs/coming-from.md}. Each configuration is
 * read from the document, so that the document is what runs. Only keys and clock are
 * replaced.
 */
@Tag("server")
class ComingFromTests {

	private static final Path DOCUMENT = Path.of("../docs/coming-from.md");

	private static final Path SOURCE = Path.of("src/test/java/dev/authstarter/example/ComingFromTests.java");

	private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

	private static final Pattern YAML = Pattern.compile("<!-- coming-from: ([a-z0-9-]+)\\.yml -->\n```yaml\n(.*?)```",
			Pattern.DOTALL);

	private static final String STOCK = "spring.security.oauth2.resourceserver.jwt.";

	@Test
	void documentHasTheCodeThatRuns() throws IOException {
		String source = words(Files.readString(SOURCE));
		List<String> blocks = JAVA.matcher(Files.readString(DOCUMENT))
			.results()
			.map((block) -> words(block.group(1)))
			.toList();
		assertThat(blocks).hasSize(8).allSatisfy((block) -> assertThat(source).contains(block));
	}

	@Test
	void everyConfigurationOfTheDocumentRuns() throws IOException {
		String source = Files.readString(SOURCE);
		List<String> names = YAML.matcher(Files.readString(DOCUMENT)).results().map((yaml) -> yaml.group(1)).toList();
		assertThat(names).hasSize(8)
			.doesNotHaveDuplicates()
			.allSatisfy((name) -> assertThat(source).contains("configuration(\"" + name + "\")"));
	}

	@Test
	void springBootAloneAcceptsTokensForOtherApisAndIdTokens() throws IOException {
		Map<String, Object> properties = configuration("stock-before");
		properties.put("spring.autoconfigure.exclude",
				String.join(",",
						ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader())
							.getCandidates()
							.stream()
							.filter((name) -> name.startsWith("dev.authstarter."))
							.toList()));
		try (JsonServer keys = new JsonServer("/keys")) {
			keys.answer(200, new JWKSet(TestKey.RSA.publicKey()).toString());
			// Its metadata would be fetched from the issuer, which is not on this
			// machine.
			properties.put(STOCK + "jwk-set-uri", keys.uri("/keys").toString());
			try (ConfigurableApplicationContext started = start(StockBefore.class, properties)) {
				HttpCalls http = http(started);
				TestToken reader = stock(Instant.now());
				assertThat(http.getWithToken("/notes", reader.signed()).statusCode()).isEqualTo(200);
				assertThat(
						http.getWithToken("/notes", reader.with("aud", "https://other.example").signed()).statusCode())
					.isEqualTo(200);
				assertThat(http.getWithToken("/greeting", idToken(reader).signed()).statusCode()).isEqualTo(200);
				assertThat(http.getWithToken("/notes", reader.withType("at+jwt").signed()).statusCode()).isEqualTo(401);
				assertThat(http.getWithToken("/notes", reader.without("exp").signed()).statusCode()).isEqualTo(200);
				assertThat(
						http.getWithToken("/greeting", reader.without("scope").without("roles").signed()).statusCode())
					.isEqualTo(200);
				HttpResponse<String> denied = http.getWithToken("/notes", reader.with("scope", "other").signed());
				assertThat(denied.statusCode()).isEqualTo(403);
				assertThat(denied.body()).isEmpty();
				assertThat(deleteNote(http, reader)).isEqualTo(200);
				assertThat(deleteNote(http, reader.with("roles", List.of("viewer")))).isEqualTo(403);
				assertThat(http.get("/catalog/items").statusCode()).isEqualTo(200);
			}
		}
	}

	@Test
	void chainAndConverterOfTheApplicationStayInUseAfterTheFirstStep() throws IOException {
		try (ConfigurableApplicationContext started = start(StockBefore.class, configuration("stock-first-step"))) {
			assertStockApi(http(started));
		}
	}

	@Test
	void apiWithoutChainAndConverterAnswersTheSame() throws IOException {
		try (ConfigurableApplicationContext started = start(StockAfter.class, configuration("stock-after"))) {
			HttpCalls http = http(started);
			assertStockApi(http);
			TestToken reader = stock(TestApi.NOW);
			assertThat(http.answer("/notes", reader.withType("at+jwt").signed())).isEqualTo("200");
			HttpResponse<String> denied = http.getWithToken("/notes", reader.with("scope", "other").signed());
			assertThat(denied.headers().firstValue("WWW-Authenticate")).get()
				.asString()
				.contains("scope=\"read:notes\"");
		}
	}

	private void assertStockApi(HttpCalls http) {
		TestToken reader = stock(TestApi.NOW);
		assertAccessTokensOnly(http, "/notes", reader);
		assertThat(http.getWithToken("/notes", reader.with("scope", "other").signed()).statusCode()).isEqualTo(403);
		assertThat(http.answer("/greeting", reader.without("exp").signed())).isEqualTo("401 missing_expiry");
		assertThat(http.answer("/greeting", reader.without("scope").without("roles").signed()))
			.isEqualTo("403 no_grants");
		assertThat(deleteNote(http, reader)).isEqualTo(200);
		assertThat(deleteNote(http, reader.with("roles", List.of("viewer")))).isEqualTo(403);
		assertThat(http.get("/catalog/items").statusCode()).isEqualTo(200);
		assertThat(http.get("/greeting").statusCode()).isEqualTo(401);
	}

	@Test
	void apiThatComesFromOktaKnowsGroups() throws IOException {
		try (ConfigurableApplicationContext started = start(Okta.class, configuration("okta-after"))) {
			HttpCalls http = http(started);
			TestToken editor = plain("https://acme.okta.com/oauth2/default", "api://notes").with("jti", "AT.1")
				.with("cid", "0oaoesxt")
				.with("scp", List.of("openid", "read:notes"))
				.with("groups", List.of("Editors"));
			assertAccessTokensOnly(http, "/okta/notes", editor, (token) -> token.with("jti", "ID.1").without("cid"));
			assertThat(http.answer("/okta/notes", editor.with("groups", List.of("Everyone")).signed()))
				.isEqualTo("403 insufficient_role");
			assertThat(http.answer("/okta/notes", editor.with("scp", List.of("openid")).signed()))
				.isEqualTo("403 insufficient_scope");
		}
	}

	@Test
	void apiThatComesFromAuth0KnowsPermissions() throws IOException {
		try (ConfigurableApplicationContext started = start(Auth0.class, configuration("auth0-after"))) {
			HttpCalls http = http(started);
			TestToken caller = plain("https://acme.eu.auth0.com/", "https://notes.acme.example").with("azp", "ENDmmAJs")
				.with("scope", "openid read:notes")
				.with("permissions", List.of("read:notes"));
			assertAccessTokensOnly(http, "/auth0/notes", caller,
					(token) -> token.without("azp").without("scope").without("permissions"));
			assertThat(HttpCalls.json(http.getWithToken("/auth0/notes", caller.signed()))).containsEntry("subject",
					"42");
			assertThat(http.answer("/auth0/notes", caller.with("permissions", List.of()).signed()))
				.isEqualTo("403 insufficient_permission");
			assertThat(http.answer("/auth0/notes", caller.with("cnf", Map.of("jkt", "x")).signed()))
				.isEqualTo("401 unproven_possession");
		}
	}

	@Test
	void apiThatComesFromSpringAddonsTrustsEachIssuerWithItsOwnClaims() throws IOException {
		try (ConfigurableApplicationContext started = start(SpringAddons.class, configuration("spring-addons-after"))) {
			HttpCalls http = http(started);
			TestToken staff = keycloak("https://id.acme.example/realms/staff").with("realm_access",
					Map.of("roles", List.of("editor")));
			TestToken customer = keycloak("https://id.acme.example/realms/customers").with("resource_access",
					Map.of("notes-api", Map.of("roles", List.of("editor"))));
			for (TestToken token : List.of(staff, customer)) {
				assertAccessTokensOnly(http, "/addons/notes", token, (valid) -> valid.with("typ", "ID"));
				assertThat(http.getWithToken("/addons/notes", token.signed()).body()).isEqualTo("ann");
			}
			assertThat(http
				.getWithToken("/addons/notes",
						staff.without("realm_access")
							.with("resource_access", Map.of("notes-api", Map.of("roles", List.of("editor"))))
							.signed())
				.statusCode()).isEqualTo(403);
			assertThat(http
				.getWithToken("/addons/notes",
						customer.without("resource_access")
							.with("realm_access", Map.of("roles", List.of("editor")))
							.signed())
				.statusCode()).isEqualTo(403);
			assertThat(http.answer("/addons/notes", staff.with("iss", "https://id.acme.example/realms/other").signed()))
				.isEqualTo("401 wrong_issuer");
			assertThat(http.get("/catalog/items").statusCode()).isEqualTo(200);
		}
	}

	@Test
	void apiThatComesFromKeycloaksAdapterKnowsTheRolesOfItsClient() throws IOException {
		try (ConfigurableApplicationContext started = start(Keycloak.class, configuration("keycloak-after"))) {
			HttpCalls http = http(started);
			TestToken editor = keycloak("https://id.acme.example/realms/acme").with("resource_access",
					Map.of("notes-api", Map.of("roles", List.of("editor"))));
			assertAccessTokensOnly(http, "/keycloak/notes", editor, (token) -> token.with("typ", "ID"));
			assertThat(http.getWithToken("/keycloak/notes", editor.signed()).body()).isEqualTo("ann");
			assertThat(http.answer("/keycloak/notes",
					editor.with("resource_access", Map.of("notes-api", Map.of("roles", List.of("viewer"))))
						.with("realm_access", Map.of("roles", List.of("editor")))
						.signed()))
				.isEqualTo("403 insufficient_role");
		}
	}

	@Test
	void apiThatComesFromAzureKeepsItsAuthorities() throws IOException {
		try (ConfigurableApplicationContext started = start(Azure.class, configuration("azure-after"))) {
			HttpCalls http = http(started);
			TestToken approver = plain("https://login.microsoftonline.com/72f988bf-86f1-41af-91ab-2d7cd011db47/v2.0",
					"6e74172b-be56-4843-9ff4-e66a39bb12e3")
				.with("azp", "99999999-9ff3-47b6-9bfb-4f1264799865")
				.with("azpacr", "0")
				.with("tid", "72f988bf-86f1-41af-91ab-2d7cd011db47")
				.with("scp", "access_as_user")
				.with("roles", List.of("Notes.Approver"));
			for (String path : List.of("/azure/notes", "/azure/drafts")) {
				assertAccessTokensOnly(http, path, approver,
						(token) -> token.without("azp").without("azpacr").without("scp"));
				assertThat(
						http.getWithToken(path, approver.with("roles", List.of("Notes.Reader")).signed()).statusCode())
					.isEqualTo(403);
			}
		}
	}

	private static void assertAccessTokensOnly(HttpCalls http, String path, TestToken good) {
		assertAccessTokensOnly(http, path, good, (token) -> token);
	}

	/**
	 * A valid token is accepted; a token for another API and an ID token are not, not
	 * even an ID token whose audience is this API.
	 */
	private static void assertAccessTokensOnly(HttpCalls http, String path, TestToken good,
			UnaryOperator<TestToken> identity) {
		assertThat(http.getWithToken(path, good.signed()).statusCode()).isEqualTo(200);
		assertThat(http.answer(path, good.with("aud", "https://other.example").signed()))
			.isEqualTo("401 wrong_audience");
		TestToken idToken = idToken(identity.apply(good));
		assertThat(http.answer(path, idToken.signed())).isEqualTo("401 id_token");
		assertThat(http.answer(path, idToken.with("aud", "notes-spa").signed())).isEqualTo("401 id_token");
		assertThat(http.get(path).statusCode()).isEqualTo(401);
	}

	private static TestToken idToken(TestToken token) {
		return token.with("nonce", "n-0S6_WzA2Mj").with("at_hash", "p7GwEMmBtYLQ3Oqis39dPQ");
	}

	private static TestToken stock(Instant now) {
		return TestToken.validAt(now)
			.withType("JWT")
			.with("iss", "https://id.acme.example/")
			.with("aud", "https://notes.acme.example");
	}

	private static TestToken keycloak(String issuer) {
		return plain(issuer, "notes-api").with("typ", "Bearer")
			.with("azp", "notes-spa")
			.with("preferred_username", "ann");
	}

	/** What the tokens of all providers have. */
	private static TestToken plain(String issuer, String audience) {
		TestToken token = TestToken.validAt(TestApi.NOW)
			.withType("JWT")
			.with("iss", issuer)
			.with("aud", audience)
			.with("sub", "42");
		for (String claim : List.of("client_id", "scope", "org_id", "roles")) {
			token = token.without(claim);
		}
		return token;
	}

	private static int deleteNote(HttpCalls http, TestToken token) {
		return http.send(http.request("/notes/1").DELETE().header("Authorization", "Bearer " + token.signed()))
			.statusCode();
	}

	private static String words(String code) {
		return code.replaceAll("\\s+", "");
	}

	private static Map<String, Object> configuration(String name) throws IOException {
		String yaml = YAML.matcher(Files.readString(DOCUMENT))
			.results()
			.filter((block) -> block.group(1).equals(name))
			.map((MatchResult block) -> block.group(2))
			.findFirst()
			.orElseThrow();
		PropertySource<?> source = new YamlPropertySourceLoader()
			.load(name, new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))
			.get(0);
		Map<String, Object> properties = new LinkedHashMap<>();
		for (String property : ((EnumerablePropertySource<?>) source).getPropertyNames()) {
			properties.put(property, String.valueOf(source.getProperty(property)));
		}
		return properties;
	}

	private static ConfigurableApplicationContext start(Class<?> application, Map<String, Object> properties) {
		return new SpringApplicationBuilder(application, TestApi.class).properties("server.port=0")
			.properties(properties)
			.run();
	}

	private static HttpCalls http(ConfigurableApplicationContext started) {
		return new HttpCalls(started.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
	}

	@RestController
	static class Greeting {

		@GetMapping("/greeting")
		String greeting() {
			return "good day";
		}

		@GetMapping("/catalog/items")
		List<String> items() {
			return List.of("milk");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableMethodSecurity
	@Import({ Greeting.class, StockNotes.class })
	static class StockBefore {

		@Bean
		SecurityFilterChain api(HttpSecurity http) {
			http.authorizeHttpRequests((requests) -> requests.requestMatchers("/catalog/**")
				.permitAll()
				.requestMatchers(HttpMethod.GET, "/notes/**")
				.hasAuthority("SCOPE_read:notes")
				.anyRequest()
				.authenticated());
			return http.oauth2ResourceServer((server) -> server.jwt(withDefaults())).build();
		}

		@Bean
		JwtAuthenticationConverter callers() {
			JwtGrantedAuthoritiesConverter roles = new JwtGrantedAuthoritiesConverter();
			roles.setAuthoritiesClaimName("roles");
			roles.setAuthorityPrefix("ROLE_");
			JwtAuthenticationConverter converter = new JwtAuthenticationConverter();
			converter.setJwtGrantedAuthoritiesConverter(
					new DelegatingJwtGrantedAuthoritiesConverter(new JwtGrantedAuthoritiesConverter(), roles));
			return converter;
		}

	}

	@RestController
	static class StockNotes {

		@GetMapping("/notes")
		List<String> list() {
			return List.of("milk");
		}

		@DeleteMapping("/notes/{id}")
		@PreAuthorize("hasRole('editor')")
		void delete(@PathVariable String id) {
		}

	}

	@Import(Greeting.class)
	@RestController
	static class StockAfter {

		@GetMapping("/notes")
		@RequiresScope("read:notes")
		List<String> list() {
			return List.of("milk");
		}

		@DeleteMapping("/notes/{id}")
		@PreAuthorize("hasRole('editor')")
		void delete(@PathVariable String id) {
		}

	}

	@RestController
	static class Okta {

		@GetMapping("/okta/notes")
		@RequiresScope("read:notes")
		@RequiresRole("Editors")
		List<String> ofEditors() {
			return List.of("milk");
		}

	}

	@RestController
	static class Auth0 {

		@GetMapping("/auth0/notes")
		@RequiresPermission("read:notes")
		Map<String, Object> ofCaller(AccessToken caller) {
			return Map.of("subject", caller.subject(), "scopes", caller.scopes());
		}

	}

	@Import(Greeting.class)
	@RestController
	static class SpringAddons {

		@GetMapping("/addons/notes")
		@PreAuthorize("hasRole('editor')")
		String ofEditor(Principal caller) {
			return caller.getName();
		}

	}

	@RestController
	static class Keycloak {

		@GetMapping("/keycloak/notes")
		@RequiresRole("editor")
		String ofEditorByName(Principal caller) {
			return caller.getName();
		}

	}

	@RestController
	static class Azure {

		@GetMapping("/azure/notes")
		@PreAuthorize("hasAuthority('SCOPE_access_as_user') and hasAuthority('APPROLE_Notes.Approver')")
		List<String> ofApprover() {
			return List.of("milk");
		}

		@GetMapping("/azure/drafts")
		@RequiresRole("Notes.Approver")
		List<String> drafts() {
			return List.of();
		}

	}

}
