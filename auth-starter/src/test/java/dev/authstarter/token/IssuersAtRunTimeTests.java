package dev.authstarter.token;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.configuration.AuthStarterAutoConfiguration;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.NoteController;
import dev.authstarter.fixture.StubServer;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestKey;
import dev.authstarter.fixture.TestToken;
import dev.authstarter.issuer.IssuerHttpClientCustomizer;
import dev.authstarter.issuer.IssuerResolver;
import dev.authstarter.issuer.ResolvedIssuer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;

/**
 * An API that trusts realms that are added and removed at run time, in addition to a
 * configured issuer, over HTTP. Each realm publishes metadata and a key of its own, all
 * keys with one id.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class IssuersAtRunTimeTests {

	private static final String ACME = "/organizations/org_acme/notes";

	private static final TestKey MAIN_KEY = TestKey.RSA;

	private static final TestKey REALM_KEY = TestKey.OTHER_RSA;

	private final StubServer server = new StubServer();

	private final Map<String, ResolvedIssuer> realms = new ConcurrentHashMap<>();

	private final List<String> asked = new CopyOnWriteArrayList<>();

	private final List<TrustedIssuer> clients = new CopyOnWriteArrayList<>();

	private volatile @Nullable Throwable failure;

	private @Nullable ConfigurableApplicationContext started;

	@TempDir
	Path files = Path.of("");

	IssuersAtRunTimeTests() throws IOException {
	}

	@AfterEach
	void stop() {
		if (this.started != null) {
			this.started.close();
		}
		this.server.close();
	}

	@Test
	void acceptsTokensOfARealmThatTheApplicationNames() {
		HttpCalls http = start();
		String realm = open("acme", ResolvedIssuer.like("main").withAllowedOrganizations("org_acme"));
		assertThat(http.answer(ACME, of(realm))).isEqualTo("200");
		assertThat(http.answer(ACME, main())).isEqualTo("403 organization_mismatch");
		assertThat(http.answer("/organizations/org_main/notes", main())).isEqualTo("200");
	}

	@Test
	void holdsARealmToThePolicyOfTheIssuerThatItIsLike() {
		HttpCalls http = start();
		String realm = open("acme", ResolvedIssuer.like("main").withAllowedOrganizations("org_acme"));
		TestToken token = token(realm);
		assertThat(http.answer(ACME, signed(token.with("aud", "https://other.example"))))
			.isEqualTo("401 wrong_audience");
		assertThat(http.answer(ACME, signed(token.withType("id_token+jwt")))).isEqualTo("401 id_token");
		assertThat(http.answer(ACME, signed(token.with("exp", 1).with("iat", 0)))).isEqualTo("401 token_expired");
		assertThat(http.answer(ACME, token.signedAsBy(TestKey.P384, JWSAlgorithm.ES384)))
			.isEqualTo("401 algorithm_not_allowed");
		assertThat(http.answer(ACME, token.signedBy(MAIN_KEY, JWSAlgorithm.RS256))).isEqualTo("401 bad_signature");
		assertThat(http.answer(ACME, signed(token(issuer("main"))))).isEqualTo("401 bad_signature");
	}

	@Test
	void keepsARealmToItsOrganizations() {
		HttpCalls http = start();
		String realm = open("acme", ResolvedIssuer.like("main").withAllowedOrganizations("org_acme"));
		String other = open("globex", ResolvedIssuer.like("main").withAllowedOrganizations("globex-*"));
		assertThat(http.answer(ACME, of(realm))).isEqualTo("200");
		assertThat(http.answer(ACME, of(other))).isEqualTo("403 organization_not_allowed");
		assertThat(http.answer("/organizations/globex-1/notes", signed(token(other).with("org_id", "globex-1"))))
			.isEqualTo("200");
		assertThat(http.answer("/organizations/org_main/notes", signed(token(realm).with("org_id", "org_main"))))
			.isEqualTo("403 organization_not_allowed");
	}

	@Test
	void takesAudiencesAndKeysOfTheRealm() {
		HttpCalls http = start();
		String realm = issuer("elsewhere");
		this.server.serve("/keys", keys(REALM_KEY));
		this.realms.put(realm,
				ResolvedIssuer.like("main")
					.withAudiences("https://elsewhere.example")
					.withJwksUri(this.server.uri("/keys"))
					.withAllowedOrganizations("org_acme"));
		assertThat(http.answer(ACME, of(realm))).isEqualTo("401 wrong_audience");
		assertThat(http.answer(ACME, signed(token(realm).with("aud", "https://elsewhere.example")))).isEqualTo("200");
		assertThat(this.server.asked()).containsOnlyOnce("/keys").doesNotContain("/realms/elsewhere");
	}

	/** As many tokens as an attacker may send in a second. */
	@Test
	void sendsNoRequestForUnknownIssuers() {
		HttpCalls http = start();
		open("acme", ResolvedIssuer.like("main").withAllowedOrganizations("org_acme"));
		assertThat(http.answer("/organizations/org_main/notes", main())).isEqualTo("200");
		int before = this.server.asked().size();
		List<String> tokens = IntStream.range(0, 1_000).mapToObj((number) -> of(issuer("unknown-" + number))).toList();
		assertThat(tokens.parallelStream().map((token) -> http.answer(ACME, token)).distinct())
			.containsExactly("401 wrong_issuer");
		assertThat(this.server.asked()).hasSize(before);
		// A client repeats a GET if the server has closed its connection meanwhile.
		assertThat(Set.copyOf(this.asked)).hasSize(1_000);
		assertThat(this.asked).hasSizeLessThan(1_010);
	}

	@Test
	void forgetsARealmThatIsGone() {
		HttpCalls http = start();
		String realm = open("acme", ResolvedIssuer.like("main").withAllowedOrganizations("org_acme"));
		String token = of(realm);
		assertThat(http.answer(ACME, token)).isEqualTo("200");
		this.realms.remove(realm);
		await().until(() -> http.answer(ACME, token).equals("401 wrong_issuer"));
	}

	@Test
	void seesThatARealmChanged() {
		HttpCalls http = start();
		String realm = open("acme", ResolvedIssuer.like("main").withAllowedOrganizations("org_acme"));
		String token = of(realm);
		assertThat(http.answer(ACME, token)).isEqualTo("200");
		this.realms.put(realm, ResolvedIssuer.like("main").withAllowedOrganizations("globex"));
		await().until(() -> http.answer(ACME, token).equals("403 organization_not_allowed"));
		this.realms.put(realm,
				ResolvedIssuer.like("main").withAudiences("https://new.example").withAllowedOrganizations("org_acme"));
		await().until(() -> http.answer(ACME, token).equals("401 wrong_audience"));
	}

	@Test
	void fetchesTheKeysOnceWhileTheRealmStaysTheSame() {
		HttpCalls http = start();
		String realm = open("acme", ResolvedIssuer.like("main").withAllowedOrganizations("org_acme"));
		await().until(() -> {
			assertThat(http.answer(ACME, of(realm))).isEqualTo("200");
			return this.asked.size() >= 3;
		});
		assertThat(this.server.asked()).containsOnlyOnce("/realms/acme/keys");
	}

	static Stream<Throwable> failures() {
		return Stream.of(new IllegalStateException("the database is down"), new SQLException("the database is down"),
				new NoClassDefFoundError("the database is down"), new AssertionError("the database is down"));
	}

	/** Also with what other languages of the JVM throw without a declaration. */
	@ParameterizedTest
	@MethodSource("failures")
	void answersThatNothingIsKnownWhileTheResolverFails(Throwable thrown, CapturedOutput output) {
		HttpCalls http = start();
		String realm = open("acme", ResolvedIssuer.like("main").withAllowedOrganizations("org_acme"));
		String token = of(realm);
		assertThat(http.answer(ACME, token)).isEqualTo("200");
		this.failure = thrown;
		await().until(() -> http.answer(ACME, token).equals("503 keys_unavailable"));
		assertThat(http.answer(ACME, of(issuer("unknown")))).isEqualTo("503 keys_unavailable");
		assertThat(http.answer("/organizations/org_main/notes", main())).isEqualTo("200");
		assertThat(output).containsOnlyOnce("An IssuerResolver failed").contains("the database is down");
		this.failure = null;
		assertThat(http.answer(ACME, token)).isEqualTo("200");
	}

	static Stream<Arguments> wrongIssuers() {
		ResolvedIssuer acme = ResolvedIssuer.like("main").withAllowedOrganizations("org_acme");
		return Stream.of(
				Arguments.of("no such name", ResolvedIssuer.like("mian").withAllowedOrganizations("org_acme"),
						"The issuer 'mian' that it is based on is not configured. The configured issuers are [main, "
								+ "asked]."),
				Arguments.of("no organizations", ResolvedIssuer.like("main"),
						"auth-starter.issuers.main.organization.allowed"),
				Arguments.of("broken organizations", acme.withAllowedOrganizations("a*b"),
						"auth-starter.issuers.main.organization.allowed"),
				Arguments.of("blank audience", acme.withAudiences(" "), "auth-starter.issuers.main.audience"),
				Arguments.of("keys over http", acme.withJwksUri(URI.create("http://keys.example/jwks")),
						"Keys must be fetched over https."),
				Arguments.of("keys with a password", acme.withJwksUri(URI.create("https://me:pw@keys.example/jwks")),
						"auth-starter.issuers.main.jwks-uri"),
				Arguments.of("no such file", acme.withJwksUri(URI.create("file:/no/such/file.json")),
						"auth-starter.issuers.main.jwks-uri"),
				Arguments.of("like one that is asked about its tokens",
						ResolvedIssuer.like("asked").withAllowedOrganizations("org_acme"),
						"auth-starter.issuers.asked.introspection.tokens"));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("wrongIssuers")
	void refusesWhatWouldStopTheStart(String name, ResolvedIssuer resolved, String sentence, CapturedOutput output) {
		HttpCalls http = start("--auth-starter.issuers.asked.issuer=https://asked.example",
				"--auth-starter.issuers.asked.audience=https://api.example",
				"--auth-starter.issuers.asked.organization.allowed=asked",
				"--auth-starter.issuers.asked.introspection.uri=https://asked.example/introspect",
				"--auth-starter.issuers.asked.introspection.client-id=api",
				"--auth-starter.issuers.asked.introspection.client-secret=secret",
				"--auth-starter.issuers.asked.introspection.tokens=jwt");
		String realm = open("acme", resolved);
		String token = of(realm);
		assertThat(http.answer(ACME, token)).isEqualTo("401 wrong_issuer");
		assertThat(http.answer(ACME, token)).isEqualTo("401 wrong_issuer");
		assertThat(this.server.asked()).noneMatch((path) -> path.contains("acme"));
		assertThat(output).containsOnlyOnce("The issuer '" + realm + "' that an IssuerResolver returned is not trusted")
			.contains(sentence)
			.doesNotContain("me:pw");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://keys.example/realms/a", "https://keys.example/realms/a?x=1",
			"https://me@keys.example/", "https://keys.example/.well-known/openid-configuration", "acme", "" })
	void refusesNamesThatNoConfigurationMayHave(String name) {
		HttpCalls http = start();
		this.realms.put(name, ResolvedIssuer.like("main").withAllowedOrganizations("org_acme"));
		assertThat(http.answer(ACME, of(name))).isEqualTo("401 wrong_issuer");
	}

	@Test
	void asksTheApplicationForNamesOnly() {
		HttpCalls http = start();
		for (String name : List.of("https://a.example/\n2026 WARN forged", "https://a.example/\u0000",
				"https://login.example/{tid}", "https://a.example/" + "a".repeat(2_048))) {
			this.realms.put(name, ResolvedIssuer.like("main").withAllowedOrganizations("org_acme"));
			assertThat(http.answer(ACME, of(name))).isEqualTo("401 wrong_issuer");
		}
		assertThat(http.answer(ACME, signed(token("x").with("iss", 1)))).isEqualTo("401 wrong_issuer");
		assertThat(http.answer(ACME, signed(token("x").with("iss", List.of("a"))))).isEqualTo("401 wrong_issuer");
		assertThat(http.answer("/organizations/org_main/notes", main())).isEqualTo("200");
		assertThat(this.asked).isEmpty();
	}

	@Test
	void usesOneClientForRealmsThatAreAlike() {
		HttpCalls http = start();
		List<String> answers = new ArrayList<>();
		for (String name : List.of("one", "two", "three")) {
			answers.add(http.answer(ACME,
					of(open(name, ResolvedIssuer.like("main").withAllowedOrganizations("org_acme")))));
		}
		assertThat(answers).containsOnly("200");
		assertThat(this.clients).extracting(TrustedIssuer::issuer).containsExactly(issuer("main"));
	}

	/** Whichever realm comes first, the client is that of the configured issuer. */
	@Test
	void makesTheClientForTheConfiguredIssuer() throws IOException {
		Path keys = Files.writeString(this.files.resolve("keys.json"), keys(MAIN_KEY));
		HttpCalls http = start("--auth-starter.issuers.main.jwks-uri=" + keys.toUri());
		assertThat(
				http.answer(ACME, of(open("acme", ResolvedIssuer.like("main").withAllowedOrganizations("org_acme")))))
			.isEqualTo("200");
		assertThat(this.clients).extracting(TrustedIssuer::issuer).containsExactly(issuer("main"));
	}

	@Test
	void keepsTheKeysWhereOnlyTheOrganizationsChange() {
		HttpCalls http = start();
		String realm = open("acme", ResolvedIssuer.like("main").withAllowedOrganizations("org_acme"));
		assertThat(http.answer(ACME, of(realm))).isEqualTo("200");
		this.server.serve("/realms/acme/keys", "down");
		this.realms.put(realm, ResolvedIssuer.like("main").withAllowedOrganizations("org_other", "org_acme"));
		String other = signed(token(realm).with("org_id", "org_other"));
		await().until(() -> http.answer("/organizations/org_other/notes", other).equals("200"));
	}

	@Test
	void asksAResolverOfAParentContext() {
		publish("main", MAIN_KEY);
		String realm = open("acme", ResolvedIssuer.like("main").withAllowedOrganizations("org_acme"));
		try (ConfigurableApplicationContext parent = new SpringApplicationBuilder(Parent.class)
			.web(WebApplicationType.NONE)
			.initializers(
					(context) -> context.getBeanFactory().registerSingleton("realms", (IssuerResolver) this::resolve))
			.run()) {
			this.started = new SpringApplicationBuilder(Api.class).parent(parent)
				.web(WebApplicationType.SERVLET)
				.run("--server.port=0", "--server.address=localhost",
						"--auth-starter.issuers.main.issuer=" + issuer("main"),
						"--auth-starter.issuers.main.audience=https://api.example",
						"--auth-starter.issuers.main.organization.allowed=org_main");
			HttpCalls http = new HttpCalls(
					this.started.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
			assertThat(http.answer(ACME, of(realm))).isEqualTo("200");
			this.started.close();
		}
	}

	@Test
	void sendsTheTokenFileToTheConfiguredIssuerAlone() throws IOException {
		Path token = Files.writeString(this.files.resolve("token"), "secret");
		List<String> sent = new CopyOnWriteArrayList<>();
		HttpCalls http = start("--auth-starter.issuers.cluster.issuer=https://cluster.invalid",
				"--auth-starter.issuers.cluster.audience=https://api.example",
				"--auth-starter.issuers.cluster.organization.allowed=cluster",
				"--auth-starter.issuers.cluster.keys.bearer-token-file=" + token);
		String realm = issuer("acme");
		this.server.serve("/keys", (exchange) -> {
			sent.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
			byte[] body = keys(REALM_KEY).getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(200, body.length);
			exchange.getResponseBody().write(body);
		});
		this.realms.put(realm,
				ResolvedIssuer.like("cluster")
					.withJwksUri(this.server.uri("/keys"))
					.withAllowedOrganizations("org_acme"));
		assertThat(http.answer(ACME, of(realm))).isEqualTo("200");
		assertThat(sent).containsExactly("null");
	}

	@Test
	void demandsOrganizationsOfTheOnlyConfiguredIssuer() {
		assertThatException()
			.isThrownBy(() -> run("--auth-starter.issuer=https://main.example",
					"--auth-starter.audience=https://api.example"))
			.havingRootCause()
			.withMessageContaining("'auth-starter.organization.allowed' is missing")
			.withMessageContaining("could name an organization of another issuer");
	}

	@Test
	void letsRealmsBeLikeTheOnlyConfiguredIssuer() {
		HttpCalls http = run("--auth-starter.issuer=" + issuer("main"), "--auth-starter.audience=https://api.example",
				"--auth-starter.organization.allowed=org_main");
		String realm = open("acme", ResolvedIssuer.like("default").withAllowedOrganizations("org_acme"));
		assertThat(http.answer(ACME, of(realm))).isEqualTo("200");
		String other = open("other", ResolvedIssuer.like("default").withAllowedOrganizations("org_other"));
		assertThat(http.answer(ACME, of(other))).isEqualTo("403 organization_not_allowed");
	}

	@ParameterizedTest
	@ValueSource(strings = { "time-to-live=0s", "time-to-live=61m", "maximum=0", "maximum=100001" })
	void refusesBoundsThatAreNone(String property) {
		assertThatException().isThrownBy(() -> start("--auth-starter.resolved-issuers." + property))
			.havingRootCause()
			.withMessageContaining("auth-starter.resolved-issuers." + property.substring(0, property.indexOf('=')))
			.withMessageContaining("It must be between");
	}

	@Test
	void saysAtStartThatMoreIssuersMayCome(CapturedOutput output) {
		start();
		assertThat(output).contains("more issuers: those that an IssuerResolver returns at run time");
	}

	private HttpCalls start(String... arguments) {
		List<String> all = new ArrayList<>(List.of("--auth-starter.issuers.main.issuer=" + issuer("main"),
				"--auth-starter.issuers.main.audience=https://api.example",
				"--auth-starter.issuers.main.algorithms=RS256",
				"--auth-starter.issuers.main.organization.allowed=org_main"));
		all.addAll(List.of(arguments));
		return run(all.toArray(String[]::new));
	}

	private HttpCalls run(String... arguments) {
		publish("main", MAIN_KEY);
		this.started = new SpringApplicationBuilder(Api.class).web(WebApplicationType.SERVLET)
			.properties("server.port=0", "server.address=localhost", "auth-starter.resolved-issuers.time-to-live=1s",
					"spring.main.banner-mode=off")
			.initializers((context) -> {
				context.getBeanFactory().registerSingleton("realms", (IssuerResolver) this::resolve);
				context.getBeanFactory()
					.registerSingleton("clients", (IssuerHttpClientCustomizer) (TrustedIssuer issuer,
							HttpClient.Builder client) -> this.clients.add(issuer));
			})
			.run(arguments);
		return new HttpCalls(this.started.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
	}

	private @Nullable ResolvedIssuer resolve(String issuer) {
		Throwable failure = this.failure;
		if (failure != null) {
			throw IssuersAtRunTimeTests.<RuntimeException>unchecked(failure);
		}
		this.asked.add(issuer);
		return this.realms.get(issuer);
	}

	@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" })
	private static <T extends Throwable> T unchecked(Throwable thrown) throws T {
		throw (T) thrown;
	}

	private String open(String realm, ResolvedIssuer resolved) {
		publish(realm, REALM_KEY);
		this.realms.put(issuer(realm), resolved);
		return issuer(realm);
	}

	private void publish(String realm, TestKey key) {
		this.server.serve("/realms/" + realm + "/.well-known/openid-configuration",
				"{\"issuer\":\"%s\",\"jwks_uri\":\"%s\"}".formatted(issuer(realm),
						this.server.uri("/realms/" + realm + "/keys")));
		this.server.serve("/realms/" + realm + "/keys", keys(key));
	}

	private static String keys(TestKey key) {
		return new JWKSet(key.publicKey()).toString();
	}

	private String issuer(String realm) {
		return this.server.origin() + "/realms/" + realm;
	}

	private static TestToken token(String issuer) {
		return TestToken.validAt(TestApi.NOW).with("iss", issuer);
	}

	private static String of(String issuer) {
		return signed(token(issuer));
	}

	private static String signed(TestToken token) {
		return token.signedBy(REALM_KEY, JWSAlgorithm.RS256);
	}

	private String main() {
		return token(issuer("main")).with("org_id", "org_main").signedBy(MAIN_KEY, JWSAlgorithm.RS256);
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	static class Parent {

	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
	@Import(NoteController.class)
	static class Api {

		@Bean(AuthStarterAutoConfiguration.CLOCK)
		Clock clock() {
			return Clock.fixed(TestApi.NOW, ZoneOffset.UTC);
		}

	}

}
