package dev.authstarter.blackbox;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

import dev.authstarter.test.issuer.TestIssuer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.authstarter.blackbox.TestApi.AUDIENCE;
import static dev.authstarter.blackbox.TestApi.tokenSignedBy;
import static dev.authstarter.blackbox.TestApi.validToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(60)
@TestInstance(Lifecycle.PER_CLASS)
class KeyRotationTests {

	private static final Duration WINDOW = Duration.ofSeconds(30);

	private final TestClock clock = new TestClock();

	private final TestIssuer issuer = TestIssuer.start("", this.clock);

	private final TestApi api = TestApi.trusting(this.issuer, this.clock);

	/** One API for all tests: no set of keys survives the jump of the clock. */
	@BeforeEach
	void startAgain() {
		this.issuer.recover();
		this.issuer.addKey("ES256");
		this.issuer.removeOldKeys();
		// A fetch of the test before may fail only now, and be followed by a pause.
		await().until(() -> {
			this.clock.advance(Duration.ofHours(1));
			return this.api.call(validToken(this.issuer)) == 200;
		});
		this.issuer.resetCounters();
	}

	@AfterAll
	void close() {
		this.api.close();
		this.issuer.close();
	}

	@Test
	void acceptsNewKeyOnFirstRequest() throws Exception {
		this.issuer.rotateKeys();
		assertThat(this.api.call(validToken(this.issuer))).isEqualTo(200);
		assertThat(this.issuer.fetches()).isEqualTo(1);
	}

	@Test
	void acceptsOldKeyWhileItIsPublished() throws Exception {
		String token = validToken(this.issuer);
		this.issuer.rotateKeys();
		assertThat(this.api.call(validToken(this.issuer))).isEqualTo(200);
		assertThat(this.api.call(token)).isEqualTo(200);
	}

	@Test
	void refusesRemovedKeyAfterNextRefreshEvenForTokenSeenBefore() throws Exception {
		String token = this.issuer.accessToken(AUDIENCE, Map.of("exp", this.clock.instant().getEpochSecond() + 3600));
		assertThat(this.api.call(token)).isEqualTo(200);
		this.issuer.rotateKeys();
		this.issuer.removeOldKeys();
		assertThat(this.api.call(token)).isEqualTo(200);
		this.clock.advance(Duration.ofMinutes(5));
		HttpResponse<String> refused = this.api.exchange(token);
		assertThat(refused.statusCode()).isEqualTo(401);
		assertThat(refused.body()).contains("unknown_key");
		assertThat(this.api.call(validToken(this.issuer))).isEqualTo(200);
	}

	@Test
	void refusesRemovedKeyAtOnceWhereNewOneWasSeen() throws Exception {
		String token = validToken(this.issuer);
		this.issuer.rotateKeys();
		this.issuer.removeOldKeys();
		assertThat(this.api.call(validToken(this.issuer))).isEqualTo(200);
		assertThat(this.api.call(token)).isEqualTo(401);
	}

	@Test
	void refreshesAheadSoThatNoRequestPays() throws Exception {
		this.issuer.resetCounters();
		this.clock.advance(Duration.ofMinutes(5).minus(WINDOW).minusMillis(1));
		assertThat(this.api.call(validToken(this.issuer))).isEqualTo(200);
		assertThat(this.issuer.fetches()).isZero();
		this.clock.advance(Duration.ofMillis(1));
		this.issuer.hang();
		assertThat(this.api.call(validToken(this.issuer))).isEqualTo(200);
		await().until(() -> this.issuer.fetches() == 1);
	}

	@Test
	void usesDiscoveredKeySetWithoutAskingAgain() throws Exception {
		this.issuer.resetCounters();
		this.clock.advance(Duration.ofMinutes(5));
		assertThat(this.api.call(validToken(this.issuer))).isEqualTo(200);
		assertThat(this.issuer.fetches()).isEqualTo(1);
		assertThat(this.issuer.metadataFetches()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "PS256", "ES256", "ES384", "ES512", "EdDSA", "Ed25519" })
	void acceptsKeyOfOtherAlgorithm(String algorithm) throws Exception {
		this.issuer.addKey(algorithm);
		assertThat(this.api.call(validToken(this.issuer))).isEqualTo(200);
	}

	@Test
	void choosesAmongEqualIdsByType() throws Exception {
		this.issuer.addKey("RS256", "twin");
		this.issuer.addKey("ES256", "twin");
		this.issuer.addKey("ES384", "twin");
		this.issuer.addKey("Ed25519", "twin");
		for (String algorithm : new String[] { "RS256", "ES256", "ES384", "Ed25519" }) {
			String token = this.issuer.sign(Map.of("kid", "twin", "alg", algorithm),
					this.issuer.accessTokenClaims(AUDIENCE, Map.of()));
			assertThat(this.api.call(token)).as(algorithm).isEqualTo(200);
		}
	}

	@Test
	void malformedKeyCostsOnlyItself() throws Exception {
		String malformed = this.issuer.publishMalformedKey();
		this.issuer.publish(Map.of("kty", "unheard-of", "kid", "future"));
		this.issuer.publish(Map.of());
		this.issuer.publishSymmetricKey();
		this.issuer.rotateKeys();
		assertThat(this.api.call(validToken(this.issuer))).isEqualTo(200);
		assertThat(this.api.call(tokenSignedBy(malformed, this.issuer))).isEqualTo(401);
	}

	@Test
	void refusesWeakKey() throws Exception {
		refusesAsUnknown(this.issuer.publishWeakKey());
	}

	@Test
	void refusesEncryptionKey() throws Exception {
		refusesAsUnknown(this.issuer.publishEncryptionKey());
	}

	@Test
	void refusesKeyForOtherOperations() throws Exception {
		refusesAsUnknown(this.issuer.publishKeyForOperations("encrypt", "wrapKey"));
	}

	@Test
	void acceptsKeyForVerification() throws Exception {
		String keyId = this.issuer.publishKeyForOperations("verify");
		assertThat(this.api.call(tokenSignedBy(keyId, this.issuer))).isEqualTo(200);
	}

	private void refusesAsUnknown(String keyId) throws Exception {
		// A good new key proves that the set with the bad one was read.
		this.issuer.rotateKeys();
		assertThat(this.api.call(validToken(this.issuer))).isEqualTo(200);
		HttpResponse<String> refused = this.api.exchange(tokenSignedBy(keyId, this.issuer));
		assertThat(refused.statusCode()).isEqualTo(401);
		assertThat(refused.body()).contains("unknown_key").doesNotContain(keyId);
	}

}
