package dev.authstarter.test.issuer;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.SignedJWT;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

@Timeout(30)
class TestIssuerTests {

	private static final String AUDIENCE = "https://api.acme.example";

	private final HttpClient http = HttpClient.newHttpClient();

	/** Of the issuer that other tests share. */
	private final List<Thread> others = threads();

	private final TestIssuer issuer = TestIssuer.start();

	@AfterEach
	void close() {
		this.issuer.close();
	}

	@Test
	void isOnThisMachine() {
		assertThat(this.issuer.issuer()).matches("http://localhost:\\d+");
		assertThat(this.issuer.jwksUri().toString()).startsWith(this.issuer.issuer() + "/");
	}

	@Test
	void publishesMetadataInBothForms() throws Exception {
		for (String form : List.of("/.well-known/openid-configuration", "/.well-known/oauth-authorization-server")) {
			assertThat(getJson(this.issuer.issuer() + form)).containsEntry("issuer", this.issuer.issuer())
				.containsEntry("jwks_uri", this.issuer.jwksUri().toString());
		}
		assertThat(this.issuer.metadataFetches()).isEqualTo(2);
	}

	@Test
	void publishesMetadataWithPathAppendedAndInserted() throws Exception {
		try (TestIssuer realm = TestIssuer.start("/realms/acme")) {
			String origin = realm.issuer().substring(0, realm.issuer().indexOf("/realms/acme"));
			assertThat(getJson(realm.issuer() + "/.well-known/openid-configuration")).containsEntry("issuer",
					realm.issuer());
			assertThat(getJson(origin + "/.well-known/oauth-authorization-server/realms/acme")).containsEntry("issuer",
					realm.issuer());
			assertThat(get(origin + "/.well-known/openid-configuration").statusCode()).isEqualTo(404);
			assertThat(getJson(realm.jwksUri().toString())).containsKey("keys");
		}
	}

	@Test
	void mayEndWithSlash() throws Exception {
		try (TestIssuer slash = TestIssuer.start("/")) {
			assertThat(slash.issuer()).endsWith("/");
			assertThat(getJson(slash.issuer() + ".well-known/openid-configuration")).containsEntry("issuer",
					slash.issuer());
		}
	}

	@Test
	void refusesPathThatIsNone() {
		assertThatIllegalArgumentException().isThrownBy(() -> TestIssuer.start("acme")).withMessageContaining("'acme'");
	}

	@Test
	void switchesEachFormOff() throws Exception {
		this.issuer.withoutOpenIdMetadata();
		assertThat(get(openIdMetadata()).statusCode()).isEqualTo(404);
		assertThat(get(oauthMetadata()).statusCode()).isEqualTo(200);
		this.issuer.recover();
		this.issuer.withoutOAuthMetadata();
		assertThat(get(openIdMetadata()).statusCode()).isEqualTo(200);
		assertThat(get(oauthMetadata()).statusCode()).isEqualTo(404);
	}

	@Test
	void answersElsewhereWithNotFound() throws Exception {
		assertThat(get(this.issuer.issuer() + "/elsewhere").statusCode()).isEqualTo(404);
	}

	@ParameterizedTest
	@ValueSource(strings = { "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA",
			"Ed25519" })
	void signsWithPublishedKey(String algorithm) throws Exception {
		String keyId = this.issuer.addKey(algorithm);
		SignedJWT token = SignedJWT.parse(this.issuer.accessToken(AUDIENCE, Map.of()));
		assertThat(token.getHeader().getAlgorithm().getName()).isEqualTo(algorithm);
		assertThat(token.getHeader().getKeyID()).isEqualTo(keyId);
		assertThat(verifies(token, published(keyId))).isTrue();
	}

	@Test
	void refusesAlgorithmWithoutKeyPair() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.issuer.addKey("HS256"))
			.withMessageContaining("'HS256'")
			.withMessageContaining("ES384");
	}

	@Test
	void publishesNothingPrivate() throws Exception {
		this.issuer.addKey("ES256");
		this.issuer.addKey("Ed25519");
		assertThat(publishedKeys().getKeys()).hasSize(3).noneMatch(JWK::isPrivate);
	}

	@Test
	void makesAccessTokensOfRfc9068() throws Exception {
		Instant now = Instant.parse("2026-03-01T10:00:00Z");
		try (TestIssuer other = TestIssuer.start("", Clock.fixed(now, ZoneOffset.UTC))) {
			SignedJWT token = SignedJWT
				.parse(other.accessToken(AUDIENCE, Map.of("scope", "read:appointments", "sub", "auth0|42")));
			assertThat(token.getHeader().getType().getType()).isEqualTo("at+jwt");
			assertThat(token.getPayload().toJSONObject()).containsEntry("iss", other.issuer())
				.containsEntry("aud", AUDIENCE)
				.containsEntry("sub", "auth0|42")
				.containsEntry("scope", "read:appointments")
				.containsEntry("iat", now.getEpochSecond())
				.containsEntry("exp", now.plusSeconds(600).getEpochSecond())
				.containsKeys("client_id", "jti");
		}
	}

	@Test
	void leavesOutWhatIsNull() throws Exception {
		String token = this.issuer.sign(Collections.singletonMap("kid", null),
				this.issuer.accessTokenClaims(AUDIENCE, Collections.singletonMap("exp", null)));
		SignedJWT parsed = SignedJWT.parse(token);
		assertThat(parsed.getHeader().getKeyID()).isNull();
		assertThat(parsed.getJWTClaimsSet().getExpirationTime()).isNull();
	}

	@Test
	void rotates() throws Exception {
		String old = SignedJWT.parse(this.issuer.accessToken(AUDIENCE, Map.of())).getHeader().getKeyID();
		String next = this.issuer.rotateKeys();
		assertThat(publishedKeys().getKeys()).extracting(JWK::getKeyID).containsExactly(old, next);
		assertThat(SignedJWT.parse(this.issuer.accessToken(AUDIENCE, Map.of())).getHeader().getKeyID()).isEqualTo(next);
		this.issuer.removeOldKeys();
		assertThat(publishedKeys().getKeys()).extracting(JWK::getKeyID).containsExactly(next);
	}

	@Test
	void signsWithKeyThatHeaderNames() throws Exception {
		String weak = this.issuer.publishWeakKey();
		SignedJWT token = SignedJWT.parse(this.issuer.sign(Map.of("kid", weak), Map.of("sub", "x")));
		assertThat(verifies(token, published(weak))).isTrue();
		assertThat(published(weak).size()).isEqualTo(1024);
	}

	@Test
	void signsWithRemovedKeyThatHeaderNames() throws Exception {
		String old = this.issuer.addKey("ES256");
		JWK oldKey = published(old);
		this.issuer.rotateKeys();
		this.issuer.removeOldKeys();
		assertThat(verifies(SignedJWT.parse(this.issuer.sign(Map.of("kid", old), Map.of("sub", "x"))), oldKey))
			.isTrue();
	}

	@Test
	void signsInNameOfUnknownKey() throws Exception {
		SignedJWT token = SignedJWT.parse(this.issuer.sign(Map.of("kid", "missing"), Map.of("sub", "x")));
		assertThat(token.getHeader().getKeyID()).isEqualTo("missing");
		assertThat(verifies(token, publishedKeys().getKeys().get(0))).isTrue();
	}

	@Test
	void choosesAmongEqualIdsByAlgorithm() throws Exception {
		this.issuer.addKey("RS256", "twin");
		this.issuer.addKey("ES256", "twin");
		SignedJWT rsa = SignedJWT.parse(this.issuer.sign(Map.of("kid", "twin", "alg", "RS256"), Map.of("sub", "x")));
		SignedJWT ec = SignedJWT.parse(this.issuer.sign(Map.of("kid", "twin", "alg", "ES256"), Map.of("sub", "x")));
		List<JWK> keys = publishedKeys().getKeys();
		assertThat(verifies(rsa, keys.get(1))).isTrue();
		assertThat(verifies(ec, keys.get(2))).isTrue();
	}

	@Test
	void publishesKeysThatMustNotBeTrusted() throws Exception {
		String encryption = this.issuer.publishEncryptionKey();
		String wrapping = this.issuer.publishKeyForOperations("wrapKey");
		String symmetric = this.issuer.publishSymmetricKey();
		assertThat(published(encryption).getKeyUse()).hasToString("enc");
		assertThat(published(wrapping).getKeyOperations()).extracting(Object::toString).containsExactly("wrapKey");
		assertThat(published(symmetric).getKeyType()).hasToString("oct");
		String malformed = this.issuer.publishMalformedKey();
		assertThat(get(this.issuer.jwksUri()).body()).contains(malformed);
		assertThatExceptionOfType(ParseException.class).isThrownBy(this::publishedKeys);
	}

	@Test
	void livingIssuersNeverShareKeys() throws Exception {
		try (TestIssuer other = TestIssuer.start()) {
			JWK ours = publishedKeys().getKeys().get(0);
			JWK theirs = JWKSet.parse(get(other.jwksUri()).body()).getKeys().get(0);
			assertThat(ours.computeThumbprint()).isNotEqualTo(theirs.computeThumbprint());
		}
	}

	@Test
	void refusesConnectionsWhileDownAndComesBackOnSamePort() throws Exception {
		String before = this.issuer.issuer();
		get(this.issuer.jwksUri());
		this.issuer.down();
		assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> get(this.issuer.jwksUri()));
		this.issuer.recover();
		assertThat(this.issuer.issuer()).isEqualTo(before);
		assertThat(getJson(this.issuer.jwksUri().toString())).containsKey("keys");
	}

	@Test
	void answersWithStatus() throws Exception {
		this.issuer.answer(500);
		assertThat(get(this.issuer.jwksUri()).statusCode()).isEqualTo(500);
		assertThat(get(openIdMetadata()).statusCode()).isEqualTo(500);
		this.issuer.recover();
		assertThat(get(this.issuer.jwksUri()).statusCode()).isEqualTo(200);
		this.issuer.answerKeySet(429);
		assertThat(get(this.issuer.jwksUri()).statusCode()).isEqualTo(429);
		assertThat(get(openIdMetadata()).statusCode()).isEqualTo(200);
	}

	@Test
	void hangsUntilItRecovers() {
		this.issuer.hang();
		CompletableFuture<HttpResponse<String>> hanging = getAsync(this.issuer.jwksUri());
		await().until(() -> this.issuer.fetches() == 1);
		assertThat(hanging).isNotDone();
		this.issuer.recover();
		// The client tries again by itself, or sees the connection close.
		await().until(hanging::isDone);
	}

	@Test
	void hangsForImpatientClient() {
		this.issuer.hang();
		assertThatExceptionOfType(HttpTimeoutException.class).isThrownBy(() -> this.http.send(
				HttpRequest.newBuilder(this.issuer.jwksUri()).timeout(Duration.ofMillis(200)).build(),
				BodyHandlers.ofString()));
	}

	@Test
	void dripsRightAnswer() throws Exception {
		this.issuer.serveEmptyKeySet();
		this.issuer.drip();
		long start = System.nanoTime();
		assertThat(get(this.issuer.jwksUri()).body()).isEqualTo("{\"keys\":[]}");
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(900));
	}

	@Test
	void answersRightlyButLate() throws Exception {
		this.issuer.slow(Duration.ofMillis(300));
		long start = System.nanoTime();
		assertThat(getJson(this.issuer.jwksUri().toString())).containsKey("keys");
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(290));
	}

	@Test
	void servesBrokenKeySets() throws Exception {
		String right = get(this.issuer.jwksUri()).body();
		this.issuer.serveGarbageKeySet();
		assertThat(get(this.issuer.jwksUri()).body()).isNotEqualTo(right).contains("[[[");
		this.issuer.serveTruncatedKeySet();
		assertThat(get(this.issuer.jwksUri()).body()).isEqualTo(right.substring(0, right.length() / 2));
		this.issuer.serveEmptyKeySet();
		assertThat(get(this.issuer.jwksUri()).body()).isEqualTo("{\"keys\":[]}");
		this.issuer.serveEmptyObject();
		assertThat(get(this.issuer.jwksUri()).body()).isEqualTo("{}");
		this.issuer.serveHtml();
		assertThat(get(this.issuer.jwksUri()).headers().firstValue("Content-Type")).contains("text/html");
		this.issuer.serveKeySet("[]");
		assertThat(get(this.issuer.jwksUri()).body()).isEqualTo("[]");
		this.issuer.recover();
		assertThat(get(this.issuer.jwksUri()).body()).isEqualTo(right);
	}

	@Test
	void servesKeySetOfAnySizeWithoutAnnouncingIt() throws Exception {
		this.issuer.serveKeySetOfSize(64L << 20);
		HttpResponse<Long> response = this.http.send(HttpRequest.newBuilder(this.issuer.jwksUri()).build(),
				(info) -> HttpResponse.BodySubscribers.mapping(HttpResponse.BodySubscribers.ofByteArray(),
						(bytes) -> (long) bytes.length));
		assertThat(response.body()).isEqualTo(64L << 20);
		assertThat(response.headers().firstValue("Content-Length")).isEmpty();
		this.issuer.serveKeySetOfSize(10_000);
		assertThat(getJson(this.issuer.jwksUri().toString())).containsKey("keys");
	}

	@Test
	void redirects() throws Exception {
		this.issuer.redirectKeySet();
		HttpResponse<String> redirect = get(this.issuer.jwksUri());
		assertThat(redirect.statusCode()).isEqualTo(302);
		assertThat(this.issuer.followedRedirects()).isZero();
		assertThat(getJson(redirect.headers().firstValue("Location").orElseThrow())).containsKey("keys");
		assertThat(this.issuer.followedRedirects()).isEqualTo(1);
		this.issuer.redirectKeySet(URI.create("http://localhost:1/jwks"));
		assertThat(get(this.issuer.jwksUri()).headers().firstValue("Location")).contains("http://localhost:1/jwks");
	}

	@Test
	void liesInMetadata() throws Exception {
		this.issuer.nameIssuer("https://mallory.example");
		this.issuer.nameJwksUri("http://keys.example.com/jwks");
		assertThat(getJson(openIdMetadata())).containsEntry("issuer", "https://mallory.example")
			.containsEntry("jwks_uri", "http://keys.example.com/jwks");
		this.issuer.recover();
		assertThat(getJson(openIdMetadata())).containsEntry("issuer", this.issuer.issuer());
	}

	@Test
	void countsWhatIsAskedWhateverTheAnswer() throws Exception {
		get(this.issuer.jwksUri());
		this.issuer.answer(503);
		get(this.issuer.jwksUri());
		get(oauthMetadata());
		assertThat(this.issuer.fetches()).isEqualTo(2);
		assertThat(this.issuer.metadataFetches()).isEqualTo(1);
		this.issuer.resetCounters();
		assertThat(this.issuer.fetches()).isZero();
		assertThat(this.issuer.metadataFetches()).isZero();
	}

	@Test
	void closingEndsEveryWaitAndThread() {
		TestIssuer closed = TestIssuer.start();
		closed.hang();
		CompletableFuture<HttpResponse<String>> hanging = getAsync(closed.jwksUri());
		await().until(() -> closed.fetches() == 1);
		closed.slow(Duration.ofHours(1));
		CompletableFuture<HttpResponse<String>> slow = getAsync(closed.jwksUri());
		await().until(() -> closed.fetches() >= 2);
		this.issuer.close();
		closed.close();
		await().until(() -> hanging.isDone() && slow.isDone());
		await().until(() -> this.others.containsAll(threads()));
	}

	@Test
	void leavesNoThreadThatKeepsTheMachineAlive() throws Exception {
		get(this.issuer.jwksUri());
		assertThat(threads()).isNotEmpty().allMatch(Thread::isDaemon);
	}

	@Test
	void closesTwice() {
		this.issuer.close();
		this.issuer.close();
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> get(this.issuer.jwksUri()));
	}

	@Test
	void staysClosed() {
		this.issuer.close();
		this.issuer.recover();
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> get(this.issuer.jwksUri()));
	}

	private static List<Thread> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("test-issuer-")
					|| thread.getName().startsWith("HTTP-Dispatcher"))
			.toList();
	}

	private String openIdMetadata() {
		return this.issuer.issuer() + "/.well-known/openid-configuration";
	}

	private String oauthMetadata() {
		return this.issuer.issuer() + "/.well-known/oauth-authorization-server";
	}

	private JWKSet publishedKeys() throws Exception {
		return JWKSet.parse(get(this.issuer.jwksUri()).body());
	}

	private JWK published(String keyId) throws Exception {
		return Objects.requireNonNull(publishedKeys().getKeyByKeyId(keyId));
	}

	private static boolean verifies(SignedJWT token, JWK key) throws Exception {
		if (key instanceof OctetKeyPair edwards) {
			byte[] prefix = HexFormat.of().parseHex("302a300506032b6570032100");
			byte[] encoded = ByteBuffer.allocate(44).put(prefix).put(edwards.getDecodedX()).array();
			Signature signature = Signature.getInstance("Ed25519");
			signature.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
			signature.update(token.getSigningInput());
			return signature.verify(token.getSignature().decode());
		}
		JWSHeader header = token.getHeader();
		if (key instanceof ECKey ec) {
			return new ECDSAVerifier(ec).verify(header, token.getSigningInput(), token.getSignature());
		}
		return new RSASSAVerifier((RSAKey) key).verify(header, token.getSigningInput(), token.getSignature());
	}

	private Map<String, Object> getJson(String uri) throws Exception {
		return JSONObjectUtils.parse(get(uri).body());
	}

	private HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
		return get(uri.toString());
	}

	private HttpResponse<String> get(String uri) throws IOException, InterruptedException {
		return this.http.send(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.ofString());
	}

	private CompletableFuture<HttpResponse<String>> getAsync(URI uri) {
		return this.http.sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
	}

}
