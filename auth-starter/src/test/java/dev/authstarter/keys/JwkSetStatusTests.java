package dev.authstarter.keys;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static dev.authstarter.keys.CachedIssuer.AHEAD;
import static dev.authstarter.keys.CachedIssuer.MILLISECOND;
import static dev.authstarter.keys.CachedIssuer.TIME_TO_LIVE;
import static dev.authstarter.keys.CachedIssuer.TOLERANCE;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The status of a key set.
 */
@Timeout(30)
class JwkSetStatusTests {

	@AutoClose
	private final CachedIssuer issuer = new CachedIssuer();

	private final ScriptedSource source = this.issuer.source();

	private final IssuerKeyCache keys = this.issuer.keys();

	@Test
	void statusBeforeFirstFetchIsThatThereIsNothing() {
		assertThat(this.keys.status())
			.isEqualTo(new JwkSetMonitor.Status("acme", false, false, 0, List.of(), null, Duration.ZERO, null));
	}

	@Test
	void statusSaysHowOldAndHowMany() throws Exception {
		this.issuer.load();
		this.issuer.advance(AHEAD);
		assertThat(this.keys.status())
			.isEqualTo(new JwkSetMonitor.Status("acme", true, false, 1, List.of("EC"), AHEAD, Duration.ZERO, null));
	}

	@Test
	void statusSaysHowLongStaleKeysServe() throws Exception {
		this.issuer.load();
		this.source.failWith(new IllegalStateException("defect"));
		this.issuer.advance(TIME_TO_LIVE.plus(AHEAD));
		this.issuer.load();
		assertThat(this.keys.status()).isEqualTo(new JwkSetMonitor.Status("acme", true, true, 1, List.of("EC"),
				TIME_TO_LIVE.plus(AHEAD), AHEAD, "IllegalStateException"));
	}

	@Test
	void statusOfAnIdleIssuerIsNotStale() throws Exception {
		this.issuer.load();
		this.issuer.advance(TIME_TO_LIVE.multipliedBy(2));
		assertThat(this.keys.status().stale()).isZero();
	}

	@Test
	void statusIsUnusableOnceToleranceIsOver() throws Exception {
		this.issuer.load();
		this.issuer.advance(TOLERANCE.minus(MILLISECOND));
		assertThat(this.keys.status().usable()).isTrue();
		this.issuer.advance(MILLISECOND);
		assertThat(this.keys.status().usable()).isFalse();
	}

}
