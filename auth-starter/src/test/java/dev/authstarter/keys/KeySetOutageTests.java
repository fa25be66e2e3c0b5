package dev.authstarter.keys;

import java.time.Duration;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static dev.authstarter.keys.CachedIssuer.FIRST;
import static dev.authstarter.keys.CachedIssuer.MILLISECOND;
import static dev.authstarter.keys.CachedIssuer.SECOND;
import static dev.authstarter.keys.CachedIssuer.TIME_TO_LIVE;
import static dev.authstarter.keys.CachedIssuer.TOLERANCE;
import static dev.authstarter.keys.CachedIssuer.header;
import static dev.authstarter.keys.CachedIssuer.isUnavailable;
import static dev.authstarter.keys.WaitingKeys.find;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which tokens are accepted while the keys cannot be fetched, and what is logged and
 * published.
 */
@Timeout(30)
class KeySetOutageTests {

	@AutoClose
	private final CachedIssuer issuer = new CachedIssuer();

	private final ScriptedSource source = this.issuer.source();

	private final IssuerKeyCache keys = this.issuer.keys();

	@Test
	void isUnavailableUntilFirstFetchSucceeds() throws Exception {
		this.source.fail();
		isUnavailable(this.keys);
		assertThat(this.keys.isDegraded()).isTrue();
		this.source.publish(FIRST);
		this.issuer.advance(IssuerKeyCache.PAUSE);
		assertThat(find(this.keys, header("first"))).containsExactly(FIRST);
		assertThat(this.keys.isDegraded()).isFalse();
	}

	@Test
	void treatsAnyExceptionAsFailure() throws Exception {
		this.issuer.load();
		this.source.failWith(new IllegalStateException("defect"));
		this.issuer.advance(TIME_TO_LIVE);
		assertThat(find(this.keys, header("first"))).containsExactly(FIRST);
		assertThat(this.keys.isDegraded()).isTrue();
	}

	@Test
	void servesLastSetUntilToleranceIsOver() throws Exception {
		this.issuer.load();
		this.source.fail();
		this.issuer.advance(TOLERANCE.minus(MILLISECOND));
		assertThat(find(this.keys, header("first"))).containsExactly(FIRST);
		this.issuer.advance(MILLISECOND);
		isUnavailable(this.keys);
	}

	@Test
	void neverServesSetThatOutlivedToleranceBeforeItIsReplaced() throws Exception {
		this.issuer.load();
		this.source.publish(SECOND);
		this.issuer.advance(TOLERANCE);
		assertThat(find(this.keys, header("second"))).containsExactly(SECOND);
		assertThat(find(this.keys, header("first"))).isEmpty();
	}

	@Test
	void pausesAfterFailure() throws Exception {
		this.source.fail();
		isUnavailable(this.keys);
		this.issuer.advance(IssuerKeyCache.PAUSE.minus(MILLISECOND));
		isUnavailable(this.keys);
		assertThat(this.source.fetches()).isEqualTo(1);
		this.issuer.advance(MILLISECOND);
		isUnavailable(this.keys);
		assertThat(this.source.fetches()).isEqualTo(2);
	}

	@Test
	void triesAgainAsOftenAsTheAllowanceSays() {
		this.source.fail();
		int seconds = 0;
		for (; seconds <= 60; seconds++) {
			isUnavailable(this.keys);
			this.issuer.advance(Duration.ofSeconds(1));
		}
		// The first, then three, then one for each ten seconds.
		assertThat(this.source.fetches()).isEqualTo(1 + 3 + 60 / 10 - 1);
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void saysOnceThatIssuerIsDownAndOnceThatItIsBack(CapturedOutput output) throws Exception {
		this.issuer.load();
		this.source.fail();
		for (int i = 0; i < 3; i++) {
			this.issuer.advance(TIME_TO_LIVE);
			this.issuer.load();
		}
		this.source.publish(FIRST);
		for (int i = 0; i < 3; i++) {
			this.issuer.advance(TIME_TO_LIVE);
			this.issuer.load();
		}
		assertThat(output)
			.containsOnlyOnce("Keys of issuer https://acme.example could not be fetched: The issuer is down")
			.containsOnlyOnce("Keys of issuer https://acme.example are available again")
			.doesNotContain("\tat ");
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void remindsOfOutageOncePerInterval(CapturedOutput output) throws Exception {
		this.source.fail();
		for (Duration age = Duration.ZERO; age.compareTo(IssuerKeyCache.WARNING_INTERVAL) < 0; age = age
			.plus(FetchAllowance.INTERVAL)) {
			isUnavailable(this.keys);
			this.issuer.advance(FetchAllowance.INTERVAL);
		}
		assertThat(output).containsOnlyOnce("could not be fetched");
		isUnavailable(this.keys);
		isUnavailable(this.keys);
		assertThat(output.getOut().split("could not be fetched", -1)).hasSize(3);
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void writesNothingOfTokenToTheLog(CapturedOutput output) throws Exception {
		this.issuer.load();
		this.source.fail();
		assertThat(find(this.keys, header("forged\r\n2026 ERROR forged"))).isEmpty();
		assertThat(output).contains("could not be fetched").doesNotContain("forged");
	}

	@Test
	void notifiesOnceOfOutageAndOnceOfRecovery() throws Exception {
		this.issuer.load();
		this.source.fail();
		for (int i = 0; i < 2; i++) {
			this.issuer.advance(TIME_TO_LIVE);
			this.issuer.load();
		}
		this.source.publish(FIRST);
		this.issuer.advance(TIME_TO_LIVE);
		this.issuer.load();
		assertThat(this.issuer.recorded().words()).containsExactly("keys acme success", "degraded acme IOException",
				"keys acme failure", "keys acme failure", "recovered acme PT10M", "keys acme success");
	}

}
