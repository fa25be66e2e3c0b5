package dev.authstarter.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.event.AuthListeners;
import dev.authstarter.fixture.TestClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static dev.authstarter.keys.WaitingKeys.find;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Pauses of some seconds do not take hours if the clock is set back.
 */
class ClockSetBackTests {

	private static final Duration TIME_TO_LIVE = Duration.ofMinutes(5);

	private final TestClock clock = new TestClock(Instant.parse("2026-03-01T10:00:00Z"));

	private final ScriptedSource source = new ScriptedSource();

	private final IssuerKeyCache keys = new IssuerKeyCache(
			new TrustedIssuer("acme", "https://acme.example", Set.of("one"), null, List.of("ES256"), List.of()),
			this.source, new JwkSetLifetimes(TIME_TO_LIVE, Duration.ofHours(1), Duration.ofSeconds(20)),
			new Semaphore(100), this.clock, Runnable::run, new AuthListeners(List::of, this.clock));

	private final ECKey first = key("first");

	private final ECKey second = key("second");

	@ParameterizedTest
	@ValueSource(ints = { 60, 3_600, 86_400 })
	void endsThePauseAfterFailure(int seconds) throws Exception {
		this.source.fail();
		assertThatExceptionOfType(WaitingKeys.KeysUnavailableException.class)
			.isThrownBy(() -> find(this.keys, header("first")));
		this.clock.advance(Duration.ofSeconds(-seconds));
		this.source.publish(this.first);
		assertThat(find(this.keys, header("first"))).containsExactly(this.first);
	}

	@ParameterizedTest
	@ValueSource(ints = { 60, 200, 3_600 })
	void looksAgainForKeyThatWasSoughtInVain(int seconds) throws Exception {
		this.source.publish(this.first);
		assertThat(find(this.keys, header("second"))).isEmpty();
		this.clock.advance(Duration.ofSeconds(-seconds));
		this.source.publish(this.first, this.second);
		assertThat(find(this.keys, header("second"))).containsExactly(this.second);
	}

	@Test
	void replacesKeysThatAreFromTheFuture() throws Exception {
		this.source.publish(this.first);
		assertThat(find(this.keys, header("first"))).containsExactly(this.first);
		this.source.publish(this.second);
		this.clock.advance(TIME_TO_LIVE.negated());
		assertThat(find(this.keys, header("first"))).isEmpty();
	}

	@Test
	void keepsKeysWhereTheClockIsCorrected() throws Exception {
		this.source.publish(this.first);
		find(this.keys, header("first"));
		this.clock.advance(Duration.ofSeconds(-1));
		find(this.keys, header("first"));
		assertThat(this.source.fetches()).isEqualTo(1);
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void remindsOfOutageAgain(CapturedOutput output) {
		this.source.fail();
		this.keys.refresh().join();
		this.clock.advance(Duration.ofDays(-1));
		this.keys.refresh().join();
		assertThat(output.getOut().split("could not be fetched", -1)).hasSize(3);
	}

	private static JWSHeader header(String keyId) {
		return new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(keyId).build();
	}

	private static ECKey key(String keyId) {
		try {
			return new ECKeyGenerator(Curve.P_256).keyID(keyId).generate().toPublicJWK();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
