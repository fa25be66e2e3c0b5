package dev.authstarter.keys;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.fixture.StubServer;
import dev.authstarter.issuer.IssuerHttpClient;
import dev.authstarter.issuer.SecureTransport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(30)
class RemoteJwkSetTests {

	private static final String METADATA = "/.well-known/openid-configuration";

	private static final String JWKS = "/jwks";

	private final StubServer server = new StubServer();

	private final CountDownLatch end = new CountDownLatch(1);

	RemoteJwkSetTests() throws IOException {
	}

	@BeforeEach
	void publish() throws Exception {
		serveMetadata(JWKS);
		serveKeys(JWKS, "one");
	}

	@AfterEach
	void stop() {
		this.end.countDown();
		this.server.close();
	}

	@Test
	void findsKeySetByMetadataOnce() throws Exception {
		RemoteJwkSet keys = keys(null);
		assertThat(fetch(keys).getKeys()).extracting(JWK::getKeyID).containsExactly("one");
		fetch(keys);
		assertThat(this.server.asked()).containsExactly(METADATA, JWKS, JWKS);
	}

	@Test
	void asksMetadataAgainAfterFailure() throws Exception {
		RemoteJwkSet keys = keys(null);
		fetch(keys);
		this.server.serve(JWKS, 404, new byte[0]);
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> fetch(keys))
			.withMessage(this.server.uri(JWKS) + " answered with status 404");
		serveMetadata("/moved");
		serveKeys("/moved", "two");
		assertThat(fetch(keys).getKeys()).extracting(JWK::getKeyID).containsExactly("two");
	}

	@Test
	void usesConfiguredKeySetAlone() throws Exception {
		RemoteJwkSet keys = keys(this.server.uri(JWKS));
		fetch(keys);
		this.server.serve(JWKS, "{}");
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> fetch(keys))
			.withMessage("The key set has no key that can verify signatures");
		serveKeys(JWKS, "two");
		assertThat(fetch(keys).getKeys()).extracting(JWK::getKeyID).containsExactly("two");
		assertThat(this.server.asked()).containsExactly(JWKS, JWKS, JWKS);
	}

	@Test
	void oneDeadlineCoversMetadataAndKeySet() {
		Duration timeout = Duration.ofMillis(500);
		this.server.serve(METADATA, (exchange) -> {
			rest(400);
			byte[] body = "{\"issuer\":\"%s\",\"jwks_uri\":\"%s\"}"
				.formatted(this.server.origin(), this.server.uri(JWKS))
				.getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(200, body.length);
			exchange.getResponseBody().write(body);
		});
		this.server.serve(JWKS, (exchange) -> rest(20_000));
		RemoteJwkSet keys = keys(issuer(this.server.origin(), null), timeout);
		long start = System.nanoTime();
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> fetch(keys));
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(450),
				Duration.ofMillis(850));
		assertThat(this.server.asked()).contains(METADATA);
	}

	private void rest(long milliseconds) {
		try {
			this.end.await(milliseconds, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void takesNoKeyThatIsMarkedForAnotherIssuer() throws Exception {
		String one = "https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0";
		this.server.serve(JWKS, "{\"keys\":[" + key("any", "https://login.microsoftonline.com/{tenantid}/v2.0") + ","
				+ key("one", one) + "," + key("other", "https://login.microsoftonline.com/other/v2.0") + "]}");
		assertThat(keyIds("https://login.microsoftonline.com/{tid}/v2.0")).containsExactly("any");
		assertThat(keyIds(one)).containsExactly("any", "one");
		assertThat(keyIds("https://login.microsoftonline.com/third/v2.0")).containsExactly("any");
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void namesEachUselessKeyOnce(CapturedOutput output) throws Exception {
		JWK good = new ECKeyGenerator(Curve.P_256).keyID("good").generate();
		JWK other = new ECKeyGenerator(Curve.P_384).keyID("other curve").generate();
		String ed25519 = "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"edwards\",\"alg\":\"Ed25519\","
				+ "\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}";
		String encryption = "{\"kty\":\"RSA\",\"use\":\"enc\",\"kid\":\"encryption\",\"alg\":\"RSA-OAEP\"}";
		String broken = "{\"kty\":\"RSA\",\"kid\":\"bro\\nken\",\"n\":\"AQ\",\"e\":\"AQAB\",\"alg\":\"RS256\"}";
		this.server.serve(JWKS, "{\"keys\":[%s,%s,%s,%s,%s,\"none\"]}".formatted(good.toPublicJWK(),
				other.toPublicJWK(), ed25519, encryption, broken));
		RemoteJwkSet keys = keys(this.server.uri(JWKS));
		fetch(keys);
		fetch(keys);
		assertThat(output)
			.containsOnlyOnce("publishes the key 'other curve' (kty EC, alg null), which cannot verify tokens")
			.containsOnlyOnce("publishes the key 'bro?ken' (kty RSA, alg RS256), which cannot verify tokens")
			.containsOnlyOnce("publishes the key 'null' (kty null, alg null), which cannot verify tokens")
			.doesNotContain("'good'", "'edwards'", "'encryption'");
	}

	private List<String> keyIds(String issuer) throws IOException {
		RemoteJwkSet keys = keys(issuer(issuer, this.server.uri(JWKS)), Duration.ofSeconds(20));
		return fetch(keys).getKeys().stream().map(JWK::getKeyID).toList();
	}

	private static String key(String keyId, String issuer) throws Exception {
		String key = new ECKeyGenerator(Curve.P_256).keyID(keyId).generate().toPublicJWK().toJSONString();
		return key.substring(0, key.length() - 1) + ",\"issuer\":\"" + issuer + "\"}";
	}

	private RemoteJwkSet keys(@Nullable URI jwksUri) {
		return keys(issuer(this.server.origin(), jwksUri), Duration.ofSeconds(20));
	}

	private static RemoteJwkSet keys(TrustedIssuer issuer, Duration timeout) {
		return new RemoteJwkSet(issuer, new IssuerDocuments(new IssuerHttpClient(timeout), null),
				new SecureTransport(Set.of()), timeout);
	}

	private static TrustedIssuer issuer(String issuer, @Nullable URI jwksUri) {
		return new TrustedIssuer("acme", issuer, Set.of("audience"), jwksUri, List.of("RS256", "ES256", "EdDSA"),
				List.of());
	}

	private static JWKSet fetch(RemoteJwkSet keys) throws IOException {
		return keys.fetch();
	}

	private void serveMetadata(String jwksPath) {
		this.server.serve(METADATA,
				"{\"issuer\":\"%s\",\"jwks_uri\":\"%s\"}".formatted(this.server.origin(), this.server.uri(jwksPath)));
	}

	private void serveKeys(String path, String keyId) throws Exception {
		this.server.serve(path, new JWKSet(new ECKeyGenerator(Curve.P_256).keyID(keyId).generate()).toString(true));
	}

}
