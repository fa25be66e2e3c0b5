package dev.authstarter.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static dev.authstarter.keys.CachedIssuer.FIRST;
import static dev.authstarter.keys.CachedIssuer.MILLISECOND;
import static dev.authstarter.keys.CachedIssuer.SECOND;
import static dev.authstarter.keys.CachedIssuer.header;
import static dev.authstarter.keys.CachedIssuer.key;
import static dev.authstarter.keys.WaitingKeys.find;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Which keys are selected for a token, and which unknown keys cause a fetch.
 */
@Timeout(30)
class KeySearchTests {

	@AutoClose
	private final CachedIssuer issuer = new CachedIssuer();

	private final ScriptedSource source = this.issuer.source();

	private final IssuerKeyCache keys = this.issuer.keys();

	@Test
	void findsKeyAndFetchesOnce() throws Exception {
		assertThat(find(this.keys, header("first"))).containsExactly(FIRST);
		assertThat(find(this.keys, header("first"))).containsExactly(FIRST);
		assertThat(this.source.fetches()).isEqualTo(1);
		assertThat(this.keys.isDegraded()).isFalse();
	}

	@Test
	void findsEveryKeyForTokenWithoutKeyId() throws Exception {
		this.source.publish(FIRST, SECOND);
		assertThat(find(this.keys, new JWSHeader(JWSAlgorithm.ES256))).containsExactly(FIRST, SECOND);
	}

	@Test
	void fetchesForTokenWithoutKeyIdThatNoKeyFits() throws Exception {
		this.issuer.load();
		assertThat(find(this.keys, new JWSHeader(JWSAlgorithm.RS256))).isEmpty();
		assertThat(find(this.keys, new JWSHeader(JWSAlgorithm.RS256))).isEmpty();
		assertThat(this.source.fetches()).isEqualTo(2);
	}

	@Test
	void findsKeyOfRotationAtOnce() throws Exception {
		this.issuer.load();
		this.source.publish(FIRST, SECOND);
		assertThat(find(this.keys, header("second"))).containsExactly(SECOND);
		assertThat(this.source.fetches()).isEqualTo(2);
	}

	@Test
	void remembersKeyThatNewSetLacks() throws Exception {
		this.issuer.load();
		assertThat(find(this.keys, header("absent-key"))).isEmpty();
		assertThat(this.source.fetches()).isEqualTo(2);
		this.issuer.advance(FetchAllowance.INTERVAL.minus(MILLISECOND));
		assertThat(find(this.keys, header("absent-key"))).isEmpty();
		assertThat(this.source.fetches()).isEqualTo(2);
		this.issuer.advance(MILLISECOND);
		assertThat(find(this.keys, header("absent-key"))).isEmpty();
		assertThat(this.source.fetches()).isEqualTo(3);
	}

	@Test
	void remembersKeyOfOneAlgorithmOnly() throws Exception {
		this.issuer.load();
		assertThat(find(this.keys, header("second", JWSAlgorithm.RS256))).isEmpty();
		this.source.publish(SECOND);
		this.issuer.advance(IssuerKeyCache.PAUSE);
		assertThat(find(this.keys, header("second"))).containsExactly(SECOND);
	}

	@Test
	void doesNotRememberKeyThatWasNotLookedFor() throws Exception {
		this.issuer.load();
		this.source.fail();
		assertThat(find(this.keys, header("second"))).isEmpty();
		this.source.publish(SECOND);
		// It is not searched during the pause ...
		assertThat(find(this.keys, header("second"))).isEmpty();
		assertThat(this.source.fetches()).isEqualTo(2);
		// ... so it is searched as soon as the pause ends.
		this.issuer.advance(IssuerKeyCache.PAUSE);
		assertThat(find(this.keys, header("second"))).containsExactly(SECOND);
	}

	@Test
	void remembersKeyEvenIfNewSetEqualsOldOne() throws Exception {
		this.issuer.load();
		find(this.keys, header("absent-key"));
		this.issuer.advance(IssuerKeyCache.PAUSE);
		find(this.keys, header("absent-key"));
		assertThat(this.source.fetches()).isEqualTo(2);
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void saysOnceInAWhileWhichKeysThereAre(CapturedOutput output) throws Exception {
		this.issuer.load();
		find(this.keys, header("absent-key"));
		find(this.keys, header("other-key"));
		assertThat(output)
			.containsOnlyOnce(
					"A token names a key that issuer https://acme.example does not publish. It publishes [first]")
			.doesNotContain("absent-key", "other-key");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 5 })
	void findsNewKeysAtOnceOrAfterOneInterval(int rotations) throws Exception {
		this.issuer.load();
		for (int i = 1; i <= rotations; i++) {
			ECKey next = key("next " + i);
			this.source.publish(next);
			if (i <= FetchAllowance.BURST) {
				assertThat(find(this.keys, header(next.getKeyID()))).containsExactly(next);
			}
			else {
				assertThat(find(this.keys, header(next.getKeyID()))).isEmpty();
				this.issuer.advance(FetchAllowance.INTERVAL);
				assertThat(find(this.keys, header(next.getKeyID()))).containsExactly(next);
			}
		}
		assertThat(this.source.fetches()).isEqualTo(1 + rotations);
	}

	@ParameterizedTest
	@EnumSource(Flood.class)
	void findsNewKeyWithinOneIntervalUnderFlood(Flood flood) throws Exception {
		this.issuer.load();
		int requests = 0;
		for (; requests < 1_000; requests++) {
			flood.request(this.keys, requests, FIRST);
		}
		assertThat(this.source.fetches()).isLessThanOrEqualTo(1 + FetchAllowance.BURST);
		this.source.publish(FIRST, SECOND);
		Instant published = this.issuer.now();
		while (find(this.keys, header("second")).isEmpty()) {
			this.issuer.advance(Duration.ofMillis(100));
			for (int end = requests + 20; requests < end; requests++) {
				flood.request(this.keys, requests, FIRST);
			}
		}
		assertThat(Duration.between(published, this.issuer.now())).isLessThanOrEqualTo(FetchAllowance.INTERVAL);
		assertThat(this.source.fetches()).isLessThanOrEqualTo(2 + FetchAllowance.BURST);
	}

	@Test
	void looksAgainAfterOneIntervalForKeyThatAppearsLate() throws Exception {
		this.issuer.load();
		assertThat(find(this.keys, header("second"))).isEmpty();
		this.source.publish(SECOND);
		this.issuer.advance(FetchAllowance.INTERVAL.minus(MILLISECOND));
		assertThat(find(this.keys, header("second"))).isEmpty();
		assertThat(this.source.fetches()).isEqualTo(2);
		this.issuer.advance(MILLISECOND);
		assertThat(find(this.keys, header("second"))).containsExactly(SECOND);
	}

	@Test
	void findsKeyThatReplacedAnotherUnderItsId() throws Exception {
		this.issuer.load();
		JWK replacement = key("first");
		this.source.publish(replacement);
		assertThat(find(this.keys, header("first"))).containsExactly(FIRST);
		assertThat(find(this.keys, header("first"), List.of(FIRST))).containsExactly(replacement);
		assertThat(find(this.keys, header("first"))).containsExactly(replacement);
		assertThat(this.source.fetches()).isEqualTo(2);
	}

	@Test
	void looksForReplacementOncePerInterval() throws Exception {
		this.issuer.load();
		for (int i = 0; i < 10; i++) {
			assertThat(find(this.keys, header("first"), List.of(FIRST))).isEmpty();
		}
		assertThat(this.source.fetches()).isEqualTo(2);
		this.issuer.advance(FetchAllowance.INTERVAL);
		assertThat(find(this.keys, header("first"), List.of(FIRST))).isEmpty();
		assertThat(this.source.fetches()).isEqualTo(3);
	}

	@Test
	void doesNotSeekKeyWithEndlessId() throws Exception {
		this.issuer.load();
		assertThat(find(this.keys, header("x".repeat(257)))).isEmpty();
		assertThat(this.source.fetches()).isEqualTo(1);
		assertThat(find(this.keys, header("x".repeat(256)))).isEmpty();
		assertThat(this.source.fetches()).isEqualTo(2);
	}

	@Test
	void sharesOneFetchAmongAllThatSeek() throws Exception {
		IssuerKeyCache concurrent = this.issuer.keys(this.issuer.threads());
		find(concurrent, header("first"));
		this.source.publish(SECOND);
		this.source.block();
		List<CompletableFuture<List<JWK>>> seekers = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			seekers.add(this.issuer.findAsync(concurrent, "second"));
		}
		await().until(() -> this.source.fetches() == 2);
		this.source.unblock();
		assertThat(seekers).extracting((seeker) -> seeker.get(5, TimeUnit.SECONDS)).containsOnly(List.of(SECOND));
		assertThat(this.source.fetches()).isEqualTo(2);
	}

	@Test
	void notifiesOfSkippedFetch() throws Exception {
		this.issuer.load();
		for (int i = 0; i <= FetchAllowance.BURST; i++) {
			find(this.keys, header("absent-key " + i));
		}
		assertThat(this.issuer.recorded().words()).hasSize(5).endsWith("keys acme success", "keys acme skipped");
	}

	/**
	 * Tokens that unauthenticated clients can send in large numbers.
	 */
	private enum Flood {

		UNKNOWN_KEYS {
			@Override
			void request(IssuerKeyCache keys, int number, JWK known) throws WaitingKeys.KeysUnavailableException {
				assertThat(find(keys, header("absent-key " + number))).isEmpty();
			}
		},

		BAD_SIGNATURES {
			@Override
			void request(IssuerKeyCache keys, int number, JWK known) throws WaitingKeys.KeysUnavailableException {
				assertThat(find(keys, header("first"), List.of(known))).isEmpty();
			}
		};

		abstract void request(IssuerKeyCache keys, int number, JWK known) throws WaitingKeys.KeysUnavailableException;

	}

}
