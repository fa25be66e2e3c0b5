package dev.authstarter.keys;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import com.nimbusds.jose.jwk.JWK;
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
import static dev.authstarter.keys.CachedIssuer.isUnavailable;
import static dev.authstarter.keys.WaitingKeys.find;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Which requests wait for a fetch, how many and for how long.
 */
@Timeout(30)
class WaitingForKeysTests {

	@AutoClose
	private final CachedIssuer issuer = new CachedIssuer();

	private final ScriptedSource source = this.issuer.source();

	@Test
	void waitsForNewSetOnceTheOldOneOutlivedItself() throws Exception {
		IssuerKeyCache concurrent = this.issuer.keys(this.issuer.threads());
		find(concurrent, header("first"));
		this.source.publish(SECOND);
		this.source.block();
		this.issuer.advance(TIME_TO_LIVE);
		CompletableFuture<List<JWK>> waiting = this.issuer.findAsync(concurrent, "first");
		await().until(() -> this.source.fetches() == 2);
		await().during(Duration.ofMillis(100)).until(() -> !waiting.isDone());
		this.source.unblock();
		assertThat(waiting.get(5, TimeUnit.SECONDS)).isEmpty();
		assertThat(find(concurrent, header("second"))).containsExactly(SECOND);
	}

	@Test
	void waitsForNewSetEvenIfTheOldOneHasTheKey() throws Exception {
		IssuerKeyCache concurrent = this.issuer.keys(this.issuer.threads());
		find(concurrent, header("first"));
		this.source.publish(SECOND);
		this.source.block();
		this.issuer.advance(TIME_TO_LIVE);
		CompletableFuture<List<JWK>> waiting = this.issuer.findAsync(concurrent, "first");
		await().until(() -> this.source.fetches() == 2);
		await().during(Duration.ofMillis(100)).until(() -> !waiting.isDone());
		this.source.unblock();
		assertThat(waiting.get(5, TimeUnit.SECONDS)).isEmpty();
	}

	@Test
	void doesNotWaitJustBefore() throws Exception {
		IssuerKeyCache background = this.issuer.keys(this.issuer::postpone);
		this.issuer.loadPostponed(background);
		this.issuer.advance(TIME_TO_LIVE.minus(MILLISECOND));
		assertThat(find(background, header("first"))).containsExactly(FIRST);
		assertThat(this.issuer.postponed()).hasSize(1);
	}

	@Test
	void waitsNoLongerThanFetchMayTake() throws Exception {
		IssuerKeyCache impatient = this.issuer.keys(this.issuer.threads(),
				new JwkSetLifetimes(TIME_TO_LIVE, TOLERANCE, Duration.ofMillis(50)));
		find(impatient, header("first"));
		this.source.block();
		this.issuer.advance(TIME_TO_LIVE);
		assertThat(find(impatient, header("first"))).containsExactly(FIRST);
	}

	@Test
	void doesNotWaitAgainWhileDegraded() throws Exception {
		IssuerKeyCache background = this.issuer.keys(this.issuer::postpone);
		this.issuer.loadPostponed(background);
		this.source.fail();
		this.issuer.advance(TIME_TO_LIVE.minus(AHEAD));
		find(background, header("first"));
		this.issuer.runPostponed();
		assertThat(background.isDegraded()).isTrue();
		this.issuer.advance(AHEAD);
		assertThat(find(background, header("first"))).containsExactly(FIRST);
		assertThat(this.issuer.postponed()).hasSize(1);
	}

	@Test
	void waitsForSoughtKeyOneSecondAtMost() throws Exception {
		IssuerKeyCache concurrent = this.issuer.keys(this.issuer.threads());
		find(concurrent, header("first"));
		this.source.block();
		long start = System.nanoTime();
		assertThat(find(concurrent, header("second"))).isEmpty();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(900), LONG.dividedBy(2));
	}

	@Test
	void letsOneHundredRequestsWaitAtMost() throws Exception {
		IssuerKeyCache concurrent = this.issuer.keys(this.issuer.threads());
		this.source.block();
		List<CompletableFuture<List<JWK>>> waiting = new ArrayList<>();
		for (int i = 0; i < 110; i++) {
			waiting.add(this.issuer.findAsync(concurrent, "first"));
		}
		await().until(() -> waiting.stream().filter(CompletableFuture::isCompletedExceptionally).count() == 10);
		this.source.unblock();
		await().until(() -> waiting.stream().allMatch(CompletableFuture::isDone));
		assertThat(waiting.stream().filter(CompletableFuture::isCompletedExceptionally)).hasSize(10);
		// The places are free again.
		this.source.fail();
		this.issuer.advance(TOLERANCE);
		this.source.block();
		CompletableFuture<List<JWK>> next = this.issuer.findAsync(concurrent, "first");
		await().until(() -> this.source.fetches() == 2);
		assertThat(next).isNotDone();
	}

	@Test
	void staysUsableWhenTaskIsRejected() throws Exception {
		AtomicInteger rejections = new AtomicInteger(1);
		IssuerKeyCache closing = this.issuer.keys((task) -> {
			if (rejections.getAndDecrement() > 0) {
				throw new RejectedExecutionException();
			}
			task.run();
		});
		isUnavailable(closing);
		assertThat(find(closing, header("first"))).containsExactly(FIRST);
	}

	@Test
	void staysUsableWhenNoThreadCanBeStarted() throws Exception {
		AtomicInteger failures = new AtomicInteger(1);
		IssuerKeyCache exhausted = this.issuer.keys((task) -> {
			if (failures.getAndDecrement() > 0) {
				throw new OutOfMemoryError("on purpose");
			}
			task.run();
		});
		assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(exhausted::current);
		assertThat(find(exhausted, header("first"))).containsExactly(FIRST);
	}

	@Test
	void neverWaits() {
		IssuerKeyCache background = this.issuer.keys(this.issuer::postpone);
		List<KeyLookup> lookups = Stream.generate(background::current).limit(101).toList();
		assertThat(lookups.subList(0, 100)).allMatch((lookup) -> lookup instanceof KeyLookup.Pending);
		assertThat(lookups.get(100)).isEqualTo(new KeyLookup.Unavailable());
		this.issuer.runPostponed();
		assertThat(lookups.subList(0, 100)).allSatisfy((lookup) -> {
			KeyLookup.Pending pending = (KeyLookup.Pending) lookup;
			assertThat(pending.arrival()).isDone();
			assertThat(pending.look()).isInstanceOf(KeySet.class);
		});
	}

	@Test
	void requestThatCancelsItsWaitKeepsNoPermit() {
		IssuerKeyCache background = this.issuer.keys(this.issuer::postpone);
		for (int i = 0; i < 100; i++) {
			((KeyLookup.Pending) background.current()).arrival().cancel(true);
		}
		this.issuer.runPostponed();
		this.issuer.advance(TOLERANCE);
		assertThat(background.current()).isInstanceOf(KeyLookup.Pending.class);
	}

	@Test
	void doesNotFetchAgainForRequestThatSawTheOldSet() throws Exception {
		IssuerKeyCache background = this.issuer.keys(this.issuer::postpone,
				new JwkSetLifetimes(TIME_TO_LIVE, TOLERANCE, MILLISECOND));
		isUnavailable(background);
		isUnavailable(background);
		assertThat(this.issuer.postponed()).hasSize(1);
		this.issuer.runPostponed();
		assertThat(find(background, header("first"))).containsExactly(FIRST);
		assertThat(this.issuer.postponed()).isEmpty();
	}

}
