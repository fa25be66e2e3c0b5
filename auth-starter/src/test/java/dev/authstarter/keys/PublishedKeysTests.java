package dev.authstarter.keys;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import dev.authstarter.fixture.StubServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(30)
class PublishedKeysTests {

	private static final String METADATA = "/.well-known/openid-configuration";

	private static final String JWKS = "/jwks";

	private final StubServer server = new StubServer();

	private final CountDownLatch end = new CountDownLatch(1);

	PublishedKeysTests() throws IOException {
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
		PublishedKeys keys = keys(null);
		assertThat(fetch(keys).getKeys()).extracting(JWK::getKeyID).containsExactly("one");
		fetch(keys);
		assertThat(this.server.asked()).containsExactly(METADATA, JWKS, JWKS);
	}

	@Test
	void asksMetadataAgainAfterFailure() throws Exception {
		PublishedKeys keys = keys(null);
		fetch(keys);
		this.server.serve(JWKS, 404, new byte[0]);
		assertThatExceptionOfType(JWKSetUnavailableException.class).isThrownBy(() -> fetch(keys))
			.withMessage(this.server.uri(JWKS) + " answered with status 404");
		serveMetadata("/moved");
		serveKeys("/moved", "two");
		assertThat(fetch(keys).getKeys()).extracting(JWK::getKeyID).containsExactly("two");
	}

	@Test
	void usesConfiguredKeySetAlone() throws Exception {
		PublishedKeys keys = keys(this.server.uri(JWKS));
		fetch(keys);
		this.server.serve(JWKS, "{}");
		assertThatExceptionOfType(JWKSetUnavailableException.class).isThrownBy(() -> fetch(keys))
			.withMessage("The key set holds no key that may verify a signature");
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
		PublishedKeys keys = new PublishedKeys(this.server.origin(), null, timeout);
		long start = System.nanoTime();
		assertThatExceptionOfType(JWKSetUnavailableException.class).isThrownBy(() -> fetch(keys));
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

	private List<String> keyIds(String issuer) throws JWKSetUnavailableException {
		PublishedKeys keys = new PublishedKeys(issuer, this.server.uri(JWKS), Duration.ofSeconds(20));
		return fetch(keys).getKeys().stream().map(JWK::getKeyID).toList();
	}

	private static String key(String keyId, String issuer) throws Exception {
		String key = new ECKeyGenerator(Curve.P_256).keyID(keyId).generate().toPublicJWK().toJSONString();
		return key.substring(0, key.length() - 1) + ",\"issuer\":\"" + issuer + "\"}";
	}

	private PublishedKeys keys(@Nullable URI jwksUri) {
		return new PublishedKeys(this.server.origin(), jwksUri, Duration.ofSeconds(20));
	}

	private static JWKSet fetch(PublishedKeys keys) throws JWKSetUnavailableException {
		return keys.getJWKSet(JWKSetCacheRefreshEvaluator.noRefresh(), 0, null);
	}

	private void serveMetadata(String jwksPath) {
		this.server.serve(METADATA,
				"{\"issuer\":\"%s\",\"jwks_uri\":\"%s\"}".formatted(this.server.origin(), this.server.uri(jwksPath)));
	}

	private void serveKeys(String path, String keyId) throws Exception {
		this.server.serve(path, new JWKSet(new ECKeyGenerator(Curve.P_256).keyID(keyId).generate()).toString(true));
	}

}
