package dev.authstarter.keys;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.sun.net.httpserver.HttpExchange;
import dev.authstarter.configuration.AuthStarterAutoConfiguration;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.NoteController;
import dev.authstarter.fixture.PrivateAuthority;
import dev.authstarter.fixture.StubServer;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestClock;
import dev.authstarter.fixture.TestKey;
import dev.authstarter.fixture.TestToken;
import dev.authstarter.issuer.IssuerHttpClientCustomizer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;

/**
 * Issuers in private networks: with certificates of a private authority, with a token for
 * their keys, behind a proxy, over plain HTTP.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class PrivateIssuerTests {

	private static final String FIRST = "first-token.of_the-cluster";

	private static final String SECOND = "second-token.of_the-cluster";

	private static final Duration TIME_TO_LIVE = Duration.ofMinutes(5);

	private final PrivateAuthority authority = new PrivateAuthority();

	private final StubServer issuer = new StubServer(this.authority.server());

	private final List<String> authorizations = new CopyOnWriteArrayList<>();

	@TempDir
	Path files;

	private @Nullable ConfigurableApplicationContext api;

	private volatile @Nullable String demanded;

	PrivateIssuerTests() throws IOException {
	}

	@AfterEach
	void stop() {
		if (this.api != null) {
			this.api.close();
		}
		this.issuer.close();
	}

	@Test
	void readsKeysFromServerOfPrivateAuthorityThatDemandsToken(CapturedOutput output) throws Exception {
		publish(this.issuer, this.issuer.origin());
		this.demanded = FIRST;
		Path token = write("token", FIRST + "\n");
		start(this.issuer.origin(), bundle(this.authority), "auth-starter.http.ssl-bundle=corporate",
				"auth-starter.keys.bearer-token-file=" + token);
		assertThat(call(this.issuer.origin())).isEqualTo("200");
		assertThat(this.authorizations).containsOnly("Bearer " + FIRST);
		this.demanded = SECOND;
		write("token", SECOND);
		clock().advance(TIME_TO_LIVE);
		assertThat(call(this.issuer.origin())).isEqualTo("200");
		await().until(() -> this.authorizations.contains("Bearer " + SECOND));
		assertThat(output).doesNotContain(FIRST).doesNotContain(SECOND);
	}

	@Test
	void goesOnWithKnownKeysWhereTokenFileBreaks(CapturedOutput output) throws Exception {
		publish(this.issuer, this.issuer.origin());
		Path token = write("token", FIRST);
		start(this.issuer.origin(), bundle(this.authority), "auth-starter.http.ssl-bundle=corporate",
				"auth-starter.keys.bearer-token-file=" + token);
		int sent = this.authorizations.size();
		write("token", FIRST + "\n" + SECOND);
		clock().advance(TIME_TO_LIVE);
		assertThat(call(this.issuer.origin())).isEqualTo("200");
		await().until(() -> output.getOut().contains("must contain one line with a token"));
		assertThat(this.authorizations).hasSize(sent);
		assertThat(output).doesNotContain(FIRST).doesNotContain(SECOND);
	}

	@Test
	void namesTheBundleOfTheWrongAuthority(CapturedOutput output) throws Exception {
		publish(this.issuer, this.issuer.origin());
		start(this.issuer.origin(), bundle(new PrivateAuthority()), "auth-starter.http.ssl-bundle=corporate");
		assertThat(call(this.issuer.origin())).isEqualTo("503 keys_unavailable");
		assertThat(output)
			.contains("Certificates are checked against the SSL bundle 'corporate' of "
					+ "'auth-starter.http.ssl-bundle'")
			.contains("every token of this issuer is answered with 503");
	}

	@Test
	void namesThePropertyWhereTheJvmDoesNotTrust(CapturedOutput output) throws Exception {
		publish(this.issuer, this.issuer.origin());
		start(this.issuer.origin());
		assertThat(call(this.issuer.origin())).isEqualTo("503 keys_unavailable");
		assertThat(output).contains("trust store of the JVM; 'auth-starter.http.ssl-bundle' names another");
	}

	@Test
	void trustsReloadedBundleFromTheNextFetchOn() throws Exception {
		publish(this.issuer, this.issuer.origin());
		Path certificate = write("ca.crt", new PrivateAuthority().pem());
		start(this.issuer.origin(), "spring.ssl.bundle.pem.corporate.truststore.certificate=" + certificate,
				"spring.ssl.bundle.pem.corporate.reload-on-update=true",
				"spring.ssl.bundle.watch.file.quiet-period=50ms", "auth-starter.http.ssl-bundle=corporate");
		assertThat(call(this.issuer.origin())).isEqualTo("503 keys_unavailable");
		Files.writeString(certificate, this.authority.pem());
		await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(200)).until(() -> {
			clock().advance(Duration.ofSeconds(10));
			return call(this.issuer.origin()).equals("200");
		});
	}

	@Test
	void eachIssuerHasItsBundle() throws Exception {
		PrivateAuthority other = new PrivateAuthority();
		try (StubServer second = new StubServer(other.server())) {
			publish(this.issuer, this.issuer.origin());
			publish(second, second.origin());
			startWith(bundle(this.authority), bundle("partner", other), "auth-starter.http.ssl-bundle=corporate",
					"auth-starter.issuers.staff.issuer=" + this.issuer.origin(),
					"auth-starter.issuers.staff.audience=" + TestToken.AUDIENCE,
					"auth-starter.issuers.staff.organization.allowed=*",
					"auth-starter.issuers.partners.issuer=" + second.origin(),
					"auth-starter.issuers.partners.audience=" + TestToken.AUDIENCE,
					"auth-starter.issuers.partners.organization.allowed=*",
					"auth-starter.issuers.partners.http.ssl-bundle=partner");
			assertThat(call(this.issuer.origin())).isEqualTo("200");
			assertThat(call(second.origin())).isEqualTo("200");
		}
	}

	@Test
	void carriesTokenAlongNoRedirect() throws Exception {
		try (StubServer other = new StubServer(this.authority.server())) {
			publish(other, this.issuer.origin());
			publish(this.issuer, this.issuer.origin());
			this.issuer.serve("/keys", (exchange) -> {
				exchange.getResponseHeaders().add("Location", other.origin() + "/keys");
				exchange.sendResponseHeaders(302, -1);
			});
			Path token = write("token", FIRST);
			start(this.issuer.origin(), bundle(this.authority), "auth-starter.http.ssl-bundle=corporate",
					"auth-starter.keys.bearer-token-file=" + token);
			assertThat(call(this.issuer.origin())).isEqualTo("503 keys_unavailable");
			assertThat(other.asked()).isEmpty();
		}
	}

	@Test
	void sendsTokenToNoPlaceOverPlainHttp() throws Exception {
		try (StubServer plain = new StubServer()) {
			publish(plain, this.issuer.origin());
			this.issuer.serve("/.well-known/openid-configuration", JSONObjectUtils
				.toJSONString(Map.of("issuer", this.issuer.origin(), "jwks_uri", plain.origin() + "/keys")));
			Path token = write("token", FIRST);
			start(this.issuer.origin(), bundle(this.authority), "auth-starter.http.ssl-bundle=corporate",
					"auth-starter.keys.bearer-token-file=" + token);
			assertThat(call(this.issuer.origin())).isEqualTo("503 keys_unavailable");
			assertThat(plain.asked()).isEmpty();
		}
	}

	/** As in Compose: the name of a service, and no certificate. */
	@Test
	void readsKeysOverPlainHttpFromNamedHostThroughProxy() throws Exception {
		try (StubServer proxy = new StubServer()) {
			publish(proxy, "http://keycloak:8080");
			this.api = new SpringApplicationBuilder(Api.class)
				.initializers((context) -> ((GenericApplicationContext) context).registerBean(
						IssuerHttpClientCustomizer.class,
						() -> (issuer, client) -> client
							.proxy(ProxySelector.of(new InetSocketAddress("localhost", proxy.port())))))
				.properties(properties("auth-starter.issuer=http://keycloak:8080",
						"auth-starter.audience=" + TestToken.AUDIENCE, "auth-starter.http.plain-http-hosts=KEYCLOAK"))
				.run();
			assertThat(call("http://keycloak:8080")).isEqualTo("200");
			assertThat(proxy.asked()).contains("/.well-known/openid-configuration", "/keys");
		}
	}

	@Test
	void warnsOfPlainHttp(CapturedOutput output) {
		start("http://keycloak:8080", "auth-starter.http.plain-http-hosts=keycloak", "auth-starter.keys.warm-up=false");
		assertThat(output)
			.contains("warning: 'auth-starter.http.plain-http-hosts' is [keycloak]: these hosts are called over http.");
	}

	@Test
	void refusesPlainHttpInProductionUnlessAllowed() {
		String[] properties = { "spring.profiles.active=eu-prod", "auth-starter.http.plain-http-hosts=keycloak",
				"auth-starter.keys.warm-up=false" };
		assertThatException().isThrownBy(() -> start("http://keycloak:8080", properties))
			.havingRootCause()
			.withMessageContaining("The profile 'eu-prod' is active")
			.withMessageContaining("auth-starter.http.plain-http-in-production");
		start("http://keycloak:8080",
				Stream.concat(Arrays.stream(properties), Stream.of("auth-starter.http.plain-http-in-production=true"))
					.toArray(String[]::new));
		assertThat(this.api).isNotNull();
	}

	private void publish(StubServer server, String issuer) {
		String keys = issuer + "/keys";
		server.serve("/.well-known/openid-configuration", (exchange) -> answer(exchange,
				JSONObjectUtils.toJSONString(Map.of("issuer", issuer, "jwks_uri", keys))));
		server.serve("/keys", (exchange) -> answer(exchange, new JWKSet(TestKey.RSA.publicKey()).toString()));
	}

	private void answer(HttpExchange exchange, String body) throws IOException {
		String authorization = exchange.getRequestHeaders().getFirst("Authorization");
		if (authorization != null) {
			this.authorizations.add(authorization);
		}
		String demanded = this.demanded;
		boolean wrong = demanded != null && !("Bearer " + demanded).equals(authorization);
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		exchange.sendResponseHeaders(wrong ? 401 : 200, bytes.length);
		exchange.getResponseBody().write(bytes);
	}

	private String bundle(PrivateAuthority authority) throws IOException {
		return bundle("corporate", authority);
	}

	private String bundle(String name, PrivateAuthority authority) throws IOException {
		return "spring.ssl.bundle.pem.%s.truststore.certificate=%s".formatted(name,
				write(name + ".crt", authority.pem()));
	}

	private Path write(String name, String content) throws IOException {
		return Files.writeString(this.files.resolve(name), content);
	}

	private void start(String issuer, String... properties) {
		List<String> all = new ArrayList<>(List.of(properties));
		all.add("auth-starter.issuer=" + issuer);
		all.add("auth-starter.audience=" + TestToken.AUDIENCE);
		startWith(all.toArray(String[]::new));
	}

	private void startWith(String... properties) {
		this.api = new SpringApplicationBuilder(Api.class).properties(properties(properties)).run();
	}

	private static String[] properties(String... properties) {
		return Stream
			.concat(Stream.of("server.port=0", "spring.jmx.enabled=false",
					"auth-starter.keys.time-to-live=" + TIME_TO_LIVE), Arrays.stream(properties))
			.toArray(String[]::new);
	}

	private TestClock clock() {
		assertThat(this.api).isNotNull();
		return this.api.getBean(TestClock.class);
	}

	private String call(String issuer) {
		assertThat(this.api).isNotNull();
		int port = this.api.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
		return new HttpCalls(port).answer("/me", TestToken.validAt(clock().instant()).with("iss", issuer).signed());
	}

	/**
	 * An API that fetches keys itself.
	 */
	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
	@Import(NoteController.class)
	static class Api {

		@Bean(AuthStarterAutoConfiguration.CLOCK)
		TestClock clock() {
			return new TestClock(TestApi.NOW);
		}

	}

}
