package dev.authstarter.calling;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import dev.authstarter.AccessToken;
import dev.authstarter.Organization;
import dev.authstarter.PublicEndpoint;
import dev.authstarter.RequiresScope;
import dev.authstarter.test.issuer.TestIssuer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.security.oauth2.client.AuthorizedClientServiceOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.InMemoryOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.TokenExchangeOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.client.OAuth2ClientHttpRequestInterceptor;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The recipes of {@code docs/calling-other-apis.md} over HTTP: an API that calls two
 * others, which are secured by this library, too.
 */
@TestInstance(Lifecycle.PER_CLASS)
class CallingOtherApisTests {

	private static final Path DOCUMENT = Path.of("../docs/calling-other-apis.md");

	private static final Path SOURCES = Path.of("src/test/java/dev/authstarter/calling");

	private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

	private static final Pattern YAML = Pattern.compile("<!-- calling: ([a-z]+)\\.yml -->\n```yaml\n(.*?)```",
			Pattern.DOTALL);

	private static final String NOTES = "https://notes.acme.example";

	private static final String INVOICES = "https://invoices.acme.example";

	private static final TestIssuer ISSUER = TestIssuer.start();

	private static final List<String> TOKEN_REQUESTS = new CopyOnWriteArrayList<>();

	private final List<String> foreign = new CopyOnWriteArrayList<>();

	private final HttpServer foreignServer;

	private final ConfigurableApplicationContext invoices;

	private final ConfigurableApplicationContext archive;

	private final ConfigurableApplicationContext notes;

	CallingOtherApisTests() throws IOException {
		this.foreignServer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.foreignServer.createContext("/", (exchange) -> {
			this.foreign.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders().keySet());
			exchange.sendResponseHeaders(204, -1);
			exchange.close();
		});
		this.foreignServer.start();
		Map<String, Object> ofInvoices = configuration("organization");
		ofInvoices.put("auth-starter.audience", INVOICES);
		this.invoices = start(ofInvoices, Invoices.class);
		this.archive = start(Map.of("auth-starter.audience", NOTES, "foreign", foreignOrigin()), Archive.class);
		Map<String, Object> ofNotes = configuration("registrations");
		ofNotes.putAll(configuration("origins"));
		assertThat(ofNotes).containsEntry("spring.security.oauth2.client.provider.id.token-uri",
				"https://id.acme.example/oauth2/token");
		ofNotes.put("spring.security.oauth2.client.provider.id.token-uri", origin(this.invoices) + "/token");
		ofNotes.put("auth-starter.audience", NOTES);
		ofNotes.put("NOTES_SECRET", "secret");
		ofNotes.put("invoices.origin", origin(this.invoices));
		ofNotes.put("archive.origin", origin(this.archive));
		this.notes = start(ofNotes, Notes.class);
	}

	@BeforeEach
	void forget() {
		TOKEN_REQUESTS.clear();
		this.foreign.clear();
	}

	@AfterAll
	void stop() {
		Stream.of(this.notes, this.archive, this.invoices).forEach(ConfigurableApplicationContext::close);
		this.foreignServer.stop(0);
		ISSUER.close();
	}

	@Test
	void documentHasTheCodeThatRuns() throws IOException {
		StringBuilder sources = new StringBuilder();
		for (String source : List.of("CallingConfiguration", "BoundedAuthorizedClients", "CallingOtherApisTests")) {
			sources.append(words(Files.readString(SOURCES.resolve(source + ".java"))));
		}
		String document = Files.readString(DOCUMENT);
		List<String> blocks = JAVA.matcher(document.substring(0, document.indexOf("\n## WebFlux")))
			.results()
			.map((block) -> words(block.group(1)))
			.toList();
		assertThat(blocks).hasSize(8).allSatisfy((block) -> assertThat(sources.toString()).contains(block));
	}

	@Test
	void machineHasOneTokenOfItsOwnForAllCallers() {
		for (String subject : List.of("ann", "bob")) {
			assertThat(call("/machine", token(subject, "org_acme"))).isEqualTo("200 MACHINE notes-api");
		}
		assertThat(TOKEN_REQUESTS).hasSize(1).allSatisfy((asked) -> assertThat(asked).startsWith("client_credentials"));
	}

	@Test
	void callersOfTwoOrganizationsNeverGetEachOthersTokens() {
		String acme = token("ann", "org_acme");
		String globex = token("ann", "org_globex");
		for (int i = 0; i < 10; i++) {
			assertThat(call("/exchanged", acme)).isEqualTo("200 ann org_acme");
			assertThat(call("/exchanged", globex)).isEqualTo("200 ann org_globex");
		}
		assertThat(TOKEN_REQUESTS).hasSize(2);
		assertThat(call("/exchanged", token("ann", "org_acme"))).isEqualTo("200 ann org_acme");
		assertThat(TOKEN_REQUESTS).as("another token of the caller is exchanged itself").hasSize(3);
	}

	/** What the recipe is for. */
	@Test
	void exchangeByPrincipalNameAloneMixesOrganizations() {
		assertThat(call("/mixed", token("eve", "org_acme"))).isEqualTo("200 eve org_acme");
		assertThat(call("/mixed", token("eve", "org_globex"))).isEqualTo("200 eve org_acme");
	}

	@Test
	void callersTokenIsRelayedInsideOneAudience() {
		assertThat(call("/archived", token("ann", "org_acme"))).isEqualTo("200 ann");
		assertThat(TOKEN_REQUESTS).isEmpty();
	}

	@Test
	void relayedTokenIsDeniedByAnApiOfAnotherAudience() {
		String answer = call(this.invoices, "/caller", token("ann", "org_acme"));
		assertThat(answer).startsWith("401").contains("wrong_audience");
	}

	@ParameterizedTest
	@ValueSource(strings = { "%s/steal", "http://archive@localhost:%d/steal", "http://localhost.:%d/steal",
			"http://127.0.0.1:%d/steal", "//localhost:%d/steal" })
	void tokenNeverGoesToAnotherOrigin(String address) {
		String uri = address.contains("%d") ? address.formatted(this.foreignServer.getAddress().getPort())
				: address.formatted(foreignOrigin());
		assertThat(call("/foreign?uri=" + uri, token("ann", "org_acme"))).startsWith("500 ").contains("alone");
		assertThat(this.foreign).isEmpty();
	}

	@Test
	void redirectIsNotFollowed() {
		assertThat(call("/foreign?uri=/moved", token("ann", "org_acme"))).isEqualTo("200 302 FOUND");
		assertThat(this.foreign).isEmpty();
	}

	@Test
	void organizationOfTheHeaderIsHeldAgainstTheToken() {
		assertThat(call("/organization", token("ann", "org_acme"))).isEqualTo("200 ann org_acme");
		String invoicesToken = ISSUER.accessToken(INVOICES,
				Map.of("sub", "ann", "scope", "read:invoices", "org_id", "org_acme"));
		assertThat(call(this.invoices, "/invoices", invoicesToken, "X-Organization-Id", "org_acme"))
			.isEqualTo("200 ann org_acme");
		assertThat(call(this.invoices, "/invoices", invoicesToken, "X-Organization-Id", "org_globex")).startsWith("403")
			.contains("organization_mismatch");
	}

	private static String token(String subject, String organization) {
		return ISSUER.accessToken(NOTES, Map.of("sub", subject, "scope", "read:notes", "org_id", organization));
	}

	private String call(String path, String token) {
		return call(this.notes, path, token);
	}

	private static String call(ConfigurableApplicationContext api, String path, String token, String... header) {
		return RestClient.builder()
			.requestFactory(new JdkClientHttpRequestFactory())
			.build()
			.get()
			.uri(origin(api) + path)
			.headers((headers) -> {
				headers.setBearerAuth(token);
				if (header.length == 2) {
					headers.set(header[0], header[1]);
				}
			})
			.exchange((request, response) -> response.getStatusCode().value() + " "
					+ new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8));
	}

	private String foreignOrigin() {
		return "http://localhost:" + this.foreignServer.getAddress().getPort();
	}

	private static String origin(ConfigurableApplicationContext api) {
		return "http://localhost:" + api.getEnvironment().getProperty("local.server.port");
	}

	private static ConfigurableApplicationContext start(Map<String, Object> properties, Class<?> api) {
		Map<String, Object> all = new LinkedHashMap<>(properties);
		all.putAll(Map.of("server.port", "0", "auth-starter.issuer", ISSUER.issuer(), "auth-starter.provider",
				"rfc9068", "auth-starter.claims.organizations", "org_id", "spring.config.name", "calling"));
		return new SpringApplicationBuilder(api).properties(all).run();
	}

	private static String words(String code) {
		return code.replaceAll("\\s+", "");
	}

	private static Map<String, Object> configuration(String name) throws IOException {
		String yaml = YAML.matcher(Files.readString(DOCUMENT))
			.results()
			.filter((block) -> block.group(1).equals(name))
			.map((block) -> block.group(2))
			.findFirst()
			.orElseThrow();
		EnumerablePropertySource<?> source = (EnumerablePropertySource<?>) new YamlPropertySourceLoader()
			.load(name, new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))
			.get(0);
		Map<String, Object> properties = new LinkedHashMap<>();
		for (String property : source.getPropertyNames()) {
			properties.put(property, String.valueOf(source.getProperty(property)));
		}
		return properties;
	}

	/** The API that calls. */
	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
	@Import(CallingConfiguration.class)
	@RestController
	static class Notes {

		private final RestClient invoicesAsMachine;

		private final RestClient invoicesForCaller;

		private final RestClient archive;

		private final RestClient inOrganization;

		private final RestClient mixed;

		Notes(@Qualifier("invoicesAsMachine") RestClient invoicesAsMachine,
				@Qualifier("invoicesForCaller") RestClient invoicesForCaller, @Qualifier("archive") RestClient archive,
				ClientHttpRequestInterceptor actingOrganization, ClientRegistrationRepository registrations) {
			this.invoicesAsMachine = invoicesAsMachine;
			this.invoicesForCaller = invoicesForCaller;
			this.archive = archive;
			this.inOrganization = invoicesForCaller.mutate().requestInterceptor(actingOrganization).build();
			AuthorizedClientServiceOAuth2AuthorizedClientManager manager = new AuthorizedClientServiceOAuth2AuthorizedClientManager(
					registrations, new InMemoryOAuth2AuthorizedClientService(registrations));
			manager.setAuthorizedClientProvider(new TokenExchangeOAuth2AuthorizedClientProvider());
			OAuth2ClientHttpRequestInterceptor byName = new OAuth2ClientHttpRequestInterceptor(manager);
			byName.setClientRegistrationIdResolver((request) -> "invoices-exchange");
			this.mixed = invoicesForCaller.mutate()
				.requestInterceptors((interceptors) -> interceptors.set(interceptors.size() - 1, byName))
				.build();
		}

		@GetMapping("/machine")
		@Nullable String machine() {
			return this.invoicesAsMachine.get().uri("/caller").retrieve().body(String.class);
		}

		@GetMapping("/exchanged")
		@Nullable String exchanged() {
			return this.invoicesForCaller.get().uri("/invoices").retrieve().body(String.class);
		}

		@GetMapping("/mixed")
		@Nullable String mixed() {
			return this.mixed.get().uri("/invoices").retrieve().body(String.class);
		}

		@GetMapping("/organization")
		@Nullable String organization() {
			return this.inOrganization.get().uri("/invoices").retrieve().body(String.class);
		}

		@GetMapping("/archived")
		@Nullable String archived() {
			return this.archive.get().uri("/documents").retrieve().body(String.class);
		}

		@GetMapping("/foreign")
		ResponseEntity<String> foreign(@RequestParam String uri) {
			try {
				return ResponseEntity
					.ok(this.archive.get().uri(uri).retrieve().toBodilessEntity().getStatusCode().toString());
			}
			catch (IllegalArgumentException ex) {
				return ResponseEntity.internalServerError().body(ex.getMessage());
			}
		}

	}

	/** The API of another audience, and the token endpoint of the issuer beside it. */
	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
	@RestController
	static class Invoices {

		@GetMapping("/caller")
		@RequiresScope("read:invoices")
		String caller(AccessToken caller) {
			return caller.callerType() + " " + caller.subject();
		}

		@GetMapping("/invoices")
		@RequiresScope("read:invoices")
		String invoices(AccessToken caller, Organization organization) {
			return caller.subject() + " " + organization.id();
		}

		@PostMapping("/token")
		@PublicEndpoint
		Map<String, Object> token(@RequestParam("grant_type") String grant,
				@RequestParam(name = "subject_token", required = false) @Nullable String subjectToken)
				throws ParseException {
			TOKEN_REQUESTS.add(grant + " " + subjectToken);
			Map<String, Object> claims = new LinkedHashMap<>(
					Map.of("sub", "notes-api", "client_id", "notes-api", "scope", "read:invoices"));
			if (subjectToken != null) {
				JWTClaimsSet subject = SignedJWT.parse(subjectToken).getJWTClaimsSet();
				claims.put("sub", subject.getSubject());
				claims.put("org_id", subject.getStringClaim("org_id"));
			}
			Map<String, Object> answer = new LinkedHashMap<>();
			answer.put("access_token", ISSUER.accessToken(INVOICES, claims));
			answer.put("token_type", "Bearer");
			answer.put("expires_in", 300);
			answer.put("issued_token_type", "urn:ietf:params:oauth:token-type:access_token");
			return answer;
		}

	}

	/** Another API of the same audience. */
	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
	@RestController
	static class Archive {

		private final String foreign;

		Archive(@Value("${foreign}") String foreign) {
			this.foreign = foreign;
		}

		@GetMapping("/documents")
		@RequiresScope("read:notes")
		String documents(AccessToken caller) {
			return caller.subject();
		}

		@GetMapping("/moved")
		ResponseEntity<Void> moved() {
			return ResponseEntity.status(HttpStatus.FOUND).location(URI.create(this.foreign + "/steal")).build();
		}

	}

}
