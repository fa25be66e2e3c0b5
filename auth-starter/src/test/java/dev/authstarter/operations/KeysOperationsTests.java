package dev.authstarter.operations;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import dev.authstarter.event.KeysDegraded;
import dev.authstarter.event.KeysRecovered;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.StubServer;
import dev.authstarter.fixture.TestClock;
import dev.authstarter.fixture.TestKey;
import dev.authstarter.fixture.TestToken;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The state of the issuer's keys in health, metrics, events and the endpoint, over HTTP.
 */
@Timeout(60)
class KeysOperationsTests {

	private static final String DETAILS = "management.endpoint.health.show-details=always";

	private static final Duration PAUSE = Duration.ofSeconds(5);

	private final StubServer issuer = new StubServer();

	private @Nullable ConfigurableApplicationContext api;

	KeysOperationsTests() throws IOException {
	}

	@AfterEach
	void stop() {
		if (this.api != null) {
			this.api.close();
		}
		this.issuer.close();
	}

	@Test
	void fetchesKeysBeforeTheFirstRequest() throws Exception {
		publish();
		start();
		assertThat(this.issuer.asked()).containsExactly("/keys");
	}

	@Test
	void fetchesNoKeysUnaskedWhereThatIsSwitchedOff() throws Exception {
		publish();
		start("auth-starter.keys.warm-up=false");
		assertThat(this.issuer.asked()).isEmpty();
		assertThat(call()).isEqualTo("200");
	}

	@Test
	void acceptsTokenOfKeyThatReplacedAnotherUnderItsId() throws Exception {
		publish();
		start();
		String former = token().signed();
		assertThat(http().answer("/open", former)).isEqualTo("200");
		this.issuer.serve("/keys", new JWKSet(TestKey.OTHER_RSA.publicKey()).toString());
		assertThat(http().answer("/open", token().signedAsBy(TestKey.OTHER_RSA, JWSAlgorithm.RS256))).isEqualTo("200");
		assertThat(http().answer("/open", former)).isEqualTo("401 bad_signature");
		assertThat(this.issuer.asked()).hasSize(3);
	}

	@Test
	void saysInDiagnosisWhichKeysThereAre() throws Exception {
		publish();
		start("auth-starter.diagnostics.enabled=true");
		HttpResponse<String> response = http().getWithToken("/open",
				token().signedAsBy(TestKey.P256, JWSAlgorithm.ES256));
		assertThat(response.body()).contains("Key: expected one of the published ids [rsa], found 'p256'.");
	}

	@Test
	void letsNoneOfManyFirstRequestsWaitInVain() throws Exception {
		byte[] keys = new JWKSet(TestKey.RSA.publicKey()).toString().getBytes(StandardCharsets.UTF_8);
		this.issuer.serve("/keys", (exchange) -> {
			// Long enough for all of them to come before the keys do.
			LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
			exchange.sendResponseHeaders(200, keys.length);
			exchange.getResponseBody().write(keys);
		});
		start("server.tomcat.threads.max=200");
		ExecutorService callers = Executors.newFixedThreadPool(150);
		try {
			List<Future<String>> answers = new ArrayList<>();
			for (int i = 0; i < 150; i++) {
				answers.add(callers.submit(this::call));
			}
			for (Future<String> answer : answers) {
				assertThat(answer.get()).isEqualTo("200");
			}
		}
		finally {
			callers.shutdownNow();
		}
		assertThat(this.issuer.asked()).containsExactly("/keys");
	}

	@Test
	void comesBackByItselfWhereTheIssuerWasDownAtTheStart() throws Exception {
		start(DETAILS);
		assertThat(call()).isEqualTo("503 keys_unavailable");
		HttpResponse<String> health = health("");
		assertThat(health.statusCode()).isEqualTo(503);
		assertThat(keysOf(health)).containsEntry("status", "DOWN")
			.containsEntry("details", Map.of("default",
					Map.of("usable", false, "degraded", true, "keys", 0L, "error", "HttpStatusException")));
		publish();
		clock().advance(PAUSE);
		assertThat(keysOf(health(""))).containsEntry("status", "UP")
			.containsEntry("details",
					Map.of("default", Map.of("usable", true, "degraded", false, "keys", 1L, "age", "PT0S")));
		assertThat(call()).isEqualTo("200");
	}

	@Test
	void reportsOutageAndRecovery() throws Exception {
		publish();
		start(DETAILS);
		assertThat(call()).isEqualTo("200");
		assertThat(gauge("auth.keys")).isEqualTo(1);
		assertThat(gauge("auth.keys.degraded")).isZero();

		this.issuer.serve("/keys", 500, new byte[0]);
		clock().advance(Duration.ofMinutes(6));
		assertThat(call()).isEqualTo("200");
		HttpResponse<String> degraded = health("");
		assertThat(degraded.statusCode()).isEqualTo(200);
		assertThat(HttpCalls.json(degraded)).containsEntry("status", "UP");
		assertThat(keysOf(degraded)).containsEntry("status", "DEGRADED");
		assertThat(gauge("auth.keys.degraded")).isEqualTo(1);
		assertThat(gauge("auth.keys.age")).isEqualTo(360);
		assertThat(gauge("auth.keys.stale")).isEqualTo(60);
		assertThat(events()).containsExactly(new KeysDegraded("default", "HttpStatusException"));

		clock().advance(Duration.ofMinutes(54));
		assertThat(call()).isEqualTo("503 keys_unavailable");
		assertThat(health("").statusCode()).isEqualTo(503);
		assertThat(gauge("auth.keys")).isZero();

		publish();
		clock().advance(Duration.ofSeconds(30));
		assertThat(call()).isEqualTo("200");
		assertThat(keysOf(health(""))).containsEntry("status", "UP");
		assertThat(gauge("auth.keys.degraded")).isZero();
		assertThat(gauge("auth.keys.stale")).isZero();
		assertThat(events()).containsExactly(new KeysDegraded("default", "HttpStatusException"),
				new KeysRecovered("default", Duration.ofMinutes(54).plusSeconds(30)));
		assertThat(fetches("success")).isEqualTo(2);
		assertThat(fetches("failure")).isGreaterThanOrEqualTo(2);
	}

	@Test
	void countsAcceptedTokens() throws Exception {
		publish();
		start();
		for (int i = 0; i < 3; i++) {
			assertThat(call()).isEqualTo("200");
		}
		assertThat(http().answer("/open", token().without("exp").signed())).isEqualTo("401 missing_expiry");
		assertThat(Meters.of(api(), "auth.tokens", "none"::equals)).isEqualTo(3);
	}

	@Test
	void readinessWaitsForKeysIfConfigured() throws Exception {
		start("management.endpoint.health.group.readiness.include=readinessState,authKeys");
		assertThat(health("/readiness").statusCode()).isEqualTo(503);
		assertThat(health("/liveness").statusCode()).isEqualTo(200);
		publish();
		clock().advance(PAUSE);
		assertThat(health("/readiness").statusCode()).isEqualTo(200);
	}

	@Test
	void readinessKnowsNothingOfKeysUnasked() throws Exception {
		start();
		assertThat(health("/readiness").statusCode()).isEqualTo(200);
	}

	@Test
	void showsUnauthenticatedClientsTheStatusOnly() throws Exception {
		publish();
		start();
		assertThat(health("").body()).isEqualTo("{\"groups\":[\"liveness\",\"readiness\"],\"status\":\"UP\"}");
	}

	@Test
	void hasNoEndpointUnasked() throws Exception {
		publish();
		start("management.endpoints.web.exposure.include=*");
		assertThat(http().getWithToken("/actuator/authkeys", operator()).statusCode()).isEqualTo(404);
	}

	@Test
	void showsOperatorsHowItStandsWithTheKeys() throws Exception {
		publish();
		start("management.endpoints.web.exposure.include=*", "management.endpoint.authkeys.access=read-only");
		assertThat(http().answer("/actuator/authkeys", token().signed())).isEqualTo("403 access_denied");
		assertThat(http().get("/actuator/authkeys").statusCode()).isEqualTo(401);
		clock().advance(Duration.ofMinutes(1));
		HttpResponse<String> response = http().getWithToken("/actuator/authkeys", operator());
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body())
			.isEqualTo("{\"issuers\":[{\"issuer\":\"default\",\"usable\":true,\"degraded\":false,\"keys\":1,"
					+ "\"algorithms\":[\"RSA\"],\"age\":\"PT1M\",\"stale\":\"PT0S\",\"lastError\":null}]}");
	}

	private void start(String... properties) {
		String[] own = { "server.port=0", "spring.jmx.enabled=false", "auth-starter.issuer=" + TestToken.ISSUER,
				"auth-starter.audience=" + TestToken.AUDIENCE, "auth-starter.jwks-uri=" + this.issuer.uri("/keys") };
		this.api = new SpringApplicationBuilder(KeysApi.class)
			.properties(Stream.concat(Arrays.stream(own), Arrays.stream(properties)).toArray(String[]::new))
			.run();
	}

	private void publish() {
		this.issuer.serve("/keys", new JWKSet(TestKey.RSA.publicKey()).toString());
	}

	private ConfigurableApplicationContext api() {
		assertThat(this.api).isNotNull();
		return this.api;
	}

	private TestClock clock() {
		return api().getBean(TestClock.class);
	}

	private HttpCalls http() {
		return new HttpCalls(api().getEnvironment().getRequiredProperty("local.server.port", Integer.class));
	}

	private TestToken token() {
		return TestToken.validAt(clock().instant());
	}

	private String operator() {
		return token().with("scope", "operations").signed();
	}

	private String call() {
		return http().answer("/open", token().signed());
	}

	private static Map<String, Object> keysOf(HttpResponse<String> health) {
		Map<String, Object> keys = new HashMap<>();
		Map<?, ?> components = (Map<?, ?>) Objects.requireNonNull(HttpCalls.json(health).get("components"));
		((Map<?, ?>) Objects.requireNonNull(components.get("authKeys")))
			.forEach((name, value) -> keys.put(String.valueOf(name), value));
		return keys;
	}

	private HttpResponse<String> health(String group) {
		return http().get("/actuator/health" + group);
	}

	private List<Object> events() {
		return api().getBean(KeysApi.Heard.class).events();
	}

	private double gauge(String name) {
		return api().getBean(MeterRegistry.class).get(name).tag("issuer", "default").gauge().value();
	}

	private double fetches(String outcome) {
		return api().getBean(MeterRegistry.class)
			.get("auth.keys.fetches")
			.tag("outcome", outcome)
			.functionTimer()
			.count();
	}

}
