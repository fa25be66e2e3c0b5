package dev.authstarter.keys;

import java.time.Duration;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static dev.authstarter.keys.CachedIssuer.AHEAD;
import static dev.authstarter.keys.CachedIssuer.FIRST;
import static dev.authstarter.keys.CachedIssuer.LONG;
import static dev.authstarter.keys.CachedIssuer.MILLISECOND;
import static dev.authstarter.keys.CachedIssuer.SECOND;
import static dev.authstarter.keys.CachedIssuer.TIME_TO_LIVE;
import static dev.authstarter.keys.CachedIssuer.TOLERANCE;
import static dev.authstarter.keys.CachedIssuer.header;
import static dev.authstarter.keys.WaitingKeys.find;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * When a set of keys is fetched again.
 */
@Timeout(30)
class KeySetRefreshTests {

	@AutoClose
	private final CachedIssuer issuer = new CachedIssuer();

	private final ScriptedSource source = this.issuer.source();

	private final IssuerKeyCache keys = this.issuer.keys();

	@Test
	void doesNotRefreshBeforeItsTime() throws Exception {
		this.issuer.load();
		this.issuer.advance(TIME_TO_LIVE.minus(AHEAD).minus(MILLISECOND));
		this.issuer.load();
		assertThat(this.source.fetches()).isEqualTo(1);
	}

	@Test
	void refreshesAheadWithoutWaiting() throws Exception {
		IssuerKeyCache background = this.issuer.keys(this.issuer::postpone);
		this.issuer.loadPostponed(background);
		this.issuer.advance(TIME_TO_LIVE.minus(AHEAD));
		this.source.publish(SECOND);
		assertThat(find(background, header("first"))).containsExactly(FIRST);
		assertThat(this.issuer.postponed()).hasSize(1);
		this.issuer.runPostponed();
		assertThat(find(background, header("second"))).containsExactly(SECOND);
	}

	@Test
	void refreshesShortLivedSetsAtHalfTime() throws Exception {
		IssuerKeyCache shortLived = this.issuer.keys(Runnable::run,
				new JwkSetLifetimes(Duration.ofSeconds(50), TOLERANCE, LONG));
		find(shortLived, header("first"));
		this.issuer.advance(Duration.ofSeconds(25).minus(MILLISECOND));
		find(shortLived, header("first"));
		assertThat(this.source.fetches()).isEqualTo(1);
		this.issuer.advance(MILLISECOND);
		find(shortLived, header("first"));
		assertThat(this.source.fetches()).isEqualTo(2);
	}

	@Test
	void dropsRemovedKeyWithNextSet() throws Exception {
		this.issuer.load();
		this.source.publish(SECOND);
		this.issuer.advance(TIME_TO_LIVE);
		assertThat(find(this.keys, header("first"))).isEmpty();
	}

	@Test
	void refreshFetchesWhatIsMissingAndWhatIsDueOnly() {
		this.keys.refresh().join();
		this.keys.refresh().join();
		assertThat(this.source.fetches()).isEqualTo(1);
		this.issuer.advance(TIME_TO_LIVE.minus(AHEAD));
		this.keys.refresh().join();
		assertThat(this.source.fetches()).isEqualTo(2);
		assertThat(this.keys.status().usable()).isTrue();
	}

}
