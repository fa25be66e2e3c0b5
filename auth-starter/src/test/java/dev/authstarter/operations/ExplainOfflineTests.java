package dev.authstarter.operations;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.StubServer;
import dev.authstarter.fixture.TestClock;
import dev.authstarter.fixture.TestKey;
import dev.authstarter.fixture.TestToken;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.authentication.TestingAuthenticationToken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tokens are explained with cached data, without a request to an issuer.
 */
@Timeout(60)
@Tag("server")
@ExtendWith(OutputCaptureExtension.class)
class ExplainOfflineTests {

	private static final String PATH = "/actuator/authexplain";

	private final StubServer issuer = new StubServer();

	private @Nullable ConfigurableApplicationContext api;

	ExplainOfflineTests() throws IOException {
	}

	@AfterEach
	void stop() {
		if (this.api != null) {
			this.api.close();
		}
		this.issuer.close();
	}

	@Test
	void isOffUnasked() {
		start("management.endpoint.authexplain.access=none");
		assertThat(post("local.server.port", PATH, "{\"token\":\"x\"}").statusCode()).isEqualTo(404);
	}

	@Test
	void needsFullAccessToBeOn() {
		start("management.endpoint.authexplain.access=read-only");
		assertThat(post("local.server.port", PATH, "{\"token\":\"x\"}").statusCode()).isEqualTo(404);
	}

	@Test
	void namesTheKnownKeys() {
		start();
		assertThat(explain(token().signedAsBy(TestKey.P256, JWSAlgorithm.ES256))).contains("unknown_key",
				"\"expected\":\"one of the published ids [rsa]\",\"found\":\"'p256'\"");
	}

	@Test
	void looksForNoKeyThatIsUnknown() {
		start();
		assertThat(this.issuer.asked()).containsExactly("/keys");
		explain(token().signedAsBy(TestKey.P256, JWSAlgorithm.ES256));
		explain(token().signedAsBy(TestKey.OTHER_RSA, JWSAlgorithm.RS256));
		assertThat(this.issuer.asked()).containsExactly("/keys");
	}

	/** The operator comes in by another way, since no token can be verified. */
	@Test
	void fetchesNoKeysWhereNoneAreAtHand() {
		start();
		String old = token().signed();
		assertThat(explain(old)).contains("\"accepted\":true");
		api().getBean(TestClock.class).advance(Duration.ofMinutes(59));
		this.issuer.serve("/keys", 500, new byte[0]);
		int asked = this.issuer.asked().size();
		ExplainEndpoint endpoint = api().getBean(ExplainEndpoint.class);
		api().getBean(TestClock.class).advance(Duration.ofMinutes(2));
		SecurityContext operator = mock(SecurityContext.class);
		given(operator.getPrincipal()).willReturn(new TestingAuthenticationToken("operator", "", "SCOPE_operations"));
		assertThat(endpoint.explain(operator, token().signed(), null, null, null).hence()).isNotNull()
			.extracting(ExplainEndpoint.Hence::reason)
			.isEqualTo("keys_unavailable");
		assertThat(this.issuer.asked()).hasSize(asked);
	}

	@Test
	void callsNoIssuerAboutToken() {
		start("auth-starter.introspection.uri=" + this.issuer.uri("/introspect"),
				"auth-starter.introspection.client-id=api", "auth-starter.introspection.client-secret=secret");
		assertThat(explain("opaque-text")).contains("introspection_unavailable", "is not called here");
		assertThat(this.issuer.asked()).containsExactly("/keys");
	}

	@Test
	void servesOnPortOfItsOwn(CapturedOutput output) {
		start("management.server.port=0", "management.server.base-path=/manage",
				"management.endpoints.web.base-path=/ops", "logging.level.org.springframework.web=trace");
		String path = "/manage/ops/authexplain";
		String secret = token().with("sub", "user-4711").with("aud", "x").signed();
		String[] parts = secret.split("\\.", -1);
		HttpResponse<String> answer = post("local.management.port", path,
				JSONObjectUtils.toJSONString(Map.of("token", secret)));
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).contains("wrong_audience");
		assertThat(post("local.management.port", path, "{\"token\":" + parts[1] + "}").statusCode()).isEqualTo(400);
		assertThat(post("local.management.port", path + "?token=x", "{}").statusCode()).isEqualTo(400);
		assertThat(output.getAll()).contains("authexplain").doesNotContain(parts[1], parts[2], "user-4711");
		HttpCalls ordinary = http("local.management.port");
		assertThat(ordinary
			.send(ordinary.request(path)
				.POST(BodyPublishers.ofString("{\"token\":\"x\"}"))
				.header("Content-Type", "application/json")
				.header("Authorization", "Bearer " + token().signed()))
			.statusCode()).isEqualTo(403);
		assertThat(ordinary.send(ordinary.request(path).POST(BodyPublishers.noBody())).statusCode()).isEqualTo(401);
	}

	private void start(String... properties) {
		this.issuer.serve("/keys", new JWKSet(TestKey.RSA.publicKey()).toString());
		String[] own = { "server.port=0", "spring.jmx.enabled=false", "auth-starter.issuer=" + TestToken.ISSUER,
				"auth-starter.audience=" + TestToken.AUDIENCE, "auth-starter.jwks-uri=" + this.issuer.uri("/keys"),
				"management.endpoints.web.exposure.include=*", "management.endpoint.authexplain.access=unrestricted" };
		this.api = new SpringApplicationBuilder(KeysApi.class)
			.properties(Stream.concat(Arrays.stream(own), Arrays.stream(properties)).toArray(String[]::new))
			.run();
	}

	private ConfigurableApplicationContext api() {
		assertThat(this.api).isNotNull();
		return this.api;
	}

	private TestToken token() {
		return TestToken.validAt(api().getBean(TestClock.class).instant());
	}

	private HttpCalls http(String port) {
		return new HttpCalls(api().getEnvironment().getRequiredProperty(port, Integer.class));
	}

	private String explain(String token) {
		HttpResponse<String> answer = post("local.server.port", PATH,
				JSONObjectUtils.toJSONString(Map.of("token", token)));
		assertThat(answer.statusCode()).isEqualTo(200);
		return answer.body();
	}

	private HttpResponse<String> post(String port, String path, String body) {
		HttpCalls http = http(port);
		return http.send(http.request(path)
			.POST(BodyPublishers.ofString(body))
			.header("Content-Type", "application/json")
			.header("Authorization", "Bearer " + token().with("scope", "operations").signed()));
	}

}
