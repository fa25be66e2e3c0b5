package dev.authstarter.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.event.AuthListeners;
import dev.authstarter.fixture.RecordingListener;
import dev.authstarter.fixture.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static dev.authstarter.keys.WaitingKeys.find;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@Timeout(30)
class IssuerKeyCacheTests {

	private static final String ISSUER = "https://acme.example";

	private static final Duration MILLISECOND = Duration.ofMillis(1);

	private static final Duration TIME_TO_LIVE = Duration.ofMinutes(5);

	private static final Duration TOLERANCE = Duration.ofHours(1);

	private static final Duration AHEAD = Duration.ofSeconds(30);

	private static final Duration LONG = Duration.ofSeconds(20);

	private final JWK first = key("first");

	private final JWK second = key("second");

	private final TestClock clock = new TestClock(Instant.parse("2026-03-01T10:00:00Z"));

	private final ScriptedSource source = new ScriptedSource();

	private final Queue<Runnable> postponed = new ConcurrentLinkedQueue<>();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final RecordingListener told = new RecordingListener();

	private final IssuerKeyCache keys = keys(Runnable::run);

	IssuerKeyCacheTests() {
		this.source.publish(this.first);
	}

	@AfterEach
	void stop() {
		this.source.unblock();
		this.threads.shutdownNow();
	}

	@Test
	void findsKeyAndFetchesOnce() throws Exception {
		assertThat(find(this.keys, header("first"))).containsExactly(this.first);
		assertThat(find(this.keys, header("first"))).containsExactly(this.first);
		assertThat(this.source.fetches()).isEqualTo(1);
		assertThat(this.keys.isDegraded()).isFalse();
	}

	@Test
	void findsEveryKeyForTokenWithoutKeyId() throws Exception {
		this.source.publish(this.first, this.second);
		assertThat(find(this.keys, new JWSHeader(JWSAlgorithm.ES256))).containsExactly(this.first, this.second);
	}

	@Test
	void fetchesForTokenWithoutKeyIdThatNoKeyFits() throws Exception {
		load();
		assertThat(find(this.keys, new JWSHeader(JWSAlgorithm.RS256))).isEmpty();
		assertThat(find(this.keys, new JWSHeader(JWSAlgorithm.RS256))).isEmpty();
		assertThat(this.source.fetches()).isEqualTo(2);
	}

	@Test
	void isUnavailableUntilFirstFetchSucceeds() throws Exception {
		this.source.fail();
		isUnavailable(this.keys);
		assertThat(this.keys.isDegraded()).isTrue();
		this.source.publish(this.first);
		this.clock.advance(IssuerKeyCache.PAUSE);
		assertThat(find(this.keys, header("first"))).containsExactly(this.first);
		assertThat(this.keys.isDegraded()).isFalse();
	}

	@Test
	void treatsAnyExceptionAsFailure() throws Exception {
		load();
		this.source.failWith(new IllegalStateException("defect"));
		this.clock.advance(TIME_TO_LIVE);
		assertThat(find(this.keys, header("first"))).containsExactly(this.first);
		assertThat(this.keys.isDegraded()).isTrue();
	}

	// Refresh

	@Test
	void doesNotRefreshBeforeItsTime() throws Exception {
		load();
		this.clock.advance(TIME_TO_LIVE.minus(AHEAD).minus(MILLISECOND));
		load();
		assertThat(this.source.fetches()).isEqualTo(1);
	}

	@Test
	void refreshesAheadWithoutWaiting() throws Exception {
		IssuerKeyCache background = keys(this.postponed::add);
		loadPostponed(background);
		this.clock.advance(TIME_TO_LIVE.minus(AHEAD));
		this.source.publish(this.second);
		assertThat(find(background, header("first"))).containsExactly(this.first);
		assertThat(this.postponed).hasSize(1);
		runPostponed();
		assertThat(find(background, header("second"))).containsExactly(this.second);
	}

	@Test
	void refreshesShortLivedSetsAtHalfTime() throws Exception {
		IssuerKeyCache shortLived = keys(Runnable::run, new JwkSetLifetimes(Duration.ofSeconds(50), TOLERANCE, LONG));
		find(shortLived, header("first"));
		this.clock.advance(Duration.ofSeconds(25).minus(MILLISECOND));
		find(shortLived, header("first"));
		assertThat(this.source.fetches()).isEqualTo(1);
		this.clock.advance(MILLISECOND);
		find(shortLived, header("first"));
		assertThat(this.source.fetches()).isEqualTo(2);
	}

	@Test
	void waitsForNewSetOnceTheOldOneOutlivedItself() throws Exception {
		IssuerKeyCache concurrent = keys(this.threads);
		find(concurrent, header("first"));
		this.source.publish(this.second);
		this.source.block();
		this.clock.advance(TIME_TO_LIVE);
		CompletableFuture<List<JWK>> waiting = findAsync(concurrent, "first");
		await().until(() -> this.source.fetches() == 2);
		await().during(Duration.ofMillis(100)).until(() -> !waiting.isDone());
		this.source.unblock();
		assertThat(waiting.get(5, TimeUnit.SECONDS)).isEmpty();
		assertThat(find(concurrent, header("second"))).containsExactly(this.second);
	}

	@Test
	void waitsForNewSetEvenIfTheOldOneHasTheKey() throws Exception {
		IssuerKeyCache concurrent = keys(this.threads);
		find(concurrent, header("first"));
		this.source.publish(this.second);
		this.source.block();
		this.clock.advance(TIME_TO_LIVE);
		CompletableFuture<List<JWK>> waiting = findAsync(concurrent, "first");
		await().until(() -> this.source.fetches() == 2);
		await().during(Duration.ofMillis(100)).until(() -> !waiting.isDone());
		this.source.unblock();
		assertThat(waiting.get(5, TimeUnit.SECONDS)).isEmpty();
	}

	@Test
	void doesNotWaitJustBefore() throws Exception {
		IssuerKeyCache background = keys(this.postponed::add);
		loadPostponed(background);
		this.clock.advance(TIME_TO_LIVE.minus(MILLISECOND));
		assertThat(find(background, header("first"))).containsExactly(this.first);
		assertThat(this.postponed).hasSize(1);
	}

	@Test
	void waitsNoLongerThanFetchMayTake() throws Exception {
		IssuerKeyCache impatient = keys(this.threads,
				new JwkSetLifetimes(TIME_TO_LIVE, TOLERANCE, Duration.ofMillis(50)));
		find(impatient, header("first"));
		this.source.block();
		this.clock.advance(TIME_TO_LIVE);
		assertThat(find(impatient, header("first"))).containsExactly(this.first);
	}

	@Test
	void doesNotWaitAgainWhileDegraded() throws Exception {
		IssuerKeyCache background = keys(this.postponed::add);
		loadPostponed(background);
		this.source.fail();
		this.clock.advance(TIME_TO_LIVE.minus(AHEAD));
		find(background, header("first"));
		runPostponed();
		assertThat(background.isDegraded()).isTrue();
		this.clock.advance(AHEAD);
		assertThat(find(background, header("first"))).containsExactly(this.first);
		assertThat(this.postponed).hasSize(1);
	}

	@Test
	void dropsRemovedKeyWithNextSet() throws Exception {
		load();
		this.source.publish(this.second);
		this.clock.advance(TIME_TO_LIVE);
		assertThat(find(this.keys, header("first"))).isEmpty();
	}

	// Outage

	@Test
	void servesLastSetUntilToleranceIsOver() throws Exception {
		load();
		this.source.fail();
		this.clock.advance(TOLERANCE.minus(MILLISECOND));
		assertThat(find(this.keys, header("first"))).containsExactly(this.first);
		this.clock.advance(MILLISECOND);
		isUnavailable(this.keys);
	}

	@Test
	void neverServesSetThatOutlivedToleranceBeforeItIsReplaced() throws Exception {
		load();
		this.source.publish(this.second);
		this.clock.advance(TOLERANCE);
		assertThat(find(this.keys, header("second"))).containsExactly(this.second);
		assertThat(find(this.keys, header("first"))).isEmpty();
	}

	@Test
	void pausesAfterFailure() throws Exception {
		this.source.fail();
		isUnavailable(this.keys);
		this.clock.advance(IssuerKeyCache.PAUSE.minus(MILLISECOND));
		isUnavailable(this.keys);
		assertThat(this.source.fetches()).isEqualTo(1);
		this.clock.advance(MILLISECOND);
		isUnavailable(this.keys);
		assertThat(this.source.fetches()).isEqualTo(2);
	}

	@Test
	void triesAgainAsOftenAsTheAllowanceSays() {
		this.source.fail();
		int seconds = 0;
		for (; seconds <= 60; seconds++) {
			isUnavailable(this.keys);
			this.clock.advance(Duration.ofSeconds(1));
		}
		// The first, then three, then one for each ten seconds.
		assertThat(this.source.fetches()).isEqualTo(1 + 3 + 60 / 10 - 1);
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void saysOnceThatIssuerIsDownAndOnceThatItIsBack(CapturedOutput output) throws Exception {
		load();
		this.source.fail();
		for (int i = 0; i < 3; i++) {
			this.clock.advance(TIME_TO_LIVE);
			load();
		}
		this.source.publish(this.first);
		for (int i = 0; i < 3; i++) {
			this.clock.advance(TIME_TO_LIVE);
			load();
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
			this.clock.advance(FetchAllowance.INTERVAL);
		}
		assertThat(output).containsOnlyOnce("could not be fetched");
		isUnavailable(this.keys);
		isUnavailable(this.keys);
		assertThat(output.getOut().split("could not be fetched", -1)).hasSize(3);
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void writesNothingOfTokenToTheLog(CapturedOutput output) throws Exception {
		load();
		this.source.fail();
		assertThat(find(this.keys, header("forged\r\n2026 ERROR forged"))).isEmpty();
		assertThat(output).contains("could not be fetched").doesNotContain("forged");
	}

	// Unknown keys

	@Test
	void findsKeyOfRotationAtOnce() throws Exception {
		load();
		this.source.publish(this.first, this.second);
		assertThat(find(this.keys, header("second"))).containsExactly(this.second);
		assertThat(this.source.fetches()).isEqualTo(2);
	}

	@Test
	void remembersKeyThatNewSetLacks() throws Exception {
		load();
		assertThat(find(this.keys, header("nobody"))).isEmpty();
		assertThat(this.source.fetches()).isEqualTo(2);
		this.clock.advance(FetchAllowance.INTERVAL.minus(MILLISECOND));
		assertThat(find(this.keys, header("nobody"))).isEmpty();
		assertThat(this.source.fetches()).isEqualTo(2);
		this.clock.advance(MILLISECOND);
		assertThat(find(this.keys, header("nobody"))).isEmpty();
		assertThat(this.source.fetches()).isEqualTo(3);
	}

	@Test
	void remembersKeyOfOneAlgorithmOnly() throws Exception {
		load();
		assertThat(find(this.keys, header("second", JWSAlgorithm.RS256))).isEmpty();
		this.source.publish(this.second);
		this.clock.advance(IssuerKeyCache.PAUSE);
		assertThat(find(this.keys, header("second"))).containsExactly(this.second);
	}

	@Test
	void doesNotRememberKeyThatNobodyLookedFor() throws Exception {
		load();
		this.source.fail();
		assertThat(find(this.keys, header("second"))).isEmpty();
		this.source.publish(this.second);
		// Nobody looks for it in the pause ...
		assertThat(find(this.keys, header("second"))).isEmpty();
		assertThat(this.source.fetches()).isEqualTo(2);
		// ... so it is looked for as soon as that is over.
		this.clock.advance(IssuerKeyCache.PAUSE);
		assertThat(find(this.keys, header("second"))).containsExactly(this.second);
	}

	@Test
	void remembersKeyEvenIfNewSetEqualsOldOne() throws Exception {
		load();
		find(this.keys, header("nobody"));
		this.clock.advance(IssuerKeyCache.PAUSE);
		find(this.keys, header("nobody"));
		assertThat(this.source.fetches()).isEqualTo(2);
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void saysOnceInAWhileWhichKeysThereAre(CapturedOutput output) throws Exception {
		load();
		find(this.keys, header("nobody"));
		find(this.keys, header("somebody"));
		assertThat(output)
			.containsOnlyOnce(
					"A token names a key that issuer https://acme.example does not publish. It publishes [first]")
			.doesNotContain("nobody", "somebody");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 5 })
	void findsNewKeysAtOnceOrAfterOneInterval(int rotations) throws Exception {
		load();
		for (int i = 1; i <= rotations; i++) {
			ECKey next = key("next " + i);
			this.source.publish(next);
			if (i <= FetchAllowance.BURST) {
				assertThat(find(this.keys, header(next.getKeyID()))).containsExactly(next);
			}
			else {
				assertThat(find(this.keys, header(next.getKeyID()))).isEmpty();
				this.clock.advance(FetchAllowance.INTERVAL);
				assertThat(find(this.keys, header(next.getKeyID()))).containsExactly(next);
			}
		}
		assertThat(this.source.fetches()).isEqualTo(1 + rotations);
	}

	@ParameterizedTest
	@EnumSource(Flood.class)
	void findsNewKeyWithinOneIntervalUnderFlood(Flood flood) throws Exception {
		load();
		int requests = 0;
		for (; requests < 1_000; requests++) {
			flood.request(this.keys, requests, this.first);
		}
		assertThat(this.source.fetches()).isLessThanOrEqualTo(1 + FetchAllowance.BURST);
		this.source.publish(this.first, this.second);
		Instant published = this.clock.instant();
		while (find(this.keys, header("second")).isEmpty()) {
			this.clock.advance(Duration.ofMillis(100));
			for (int end = requests + 20; requests < end; requests++) {
				flood.request(this.keys, requests, this.first);
			}
		}
		assertThat(Duration.between(published, this.clock.instant())).isLessThanOrEqualTo(FetchAllowance.INTERVAL);
		assertThat(this.source.fetches()).isLessThanOrEqualTo(2 + FetchAllowance.BURST);
	}

	@Test
	void looksAgainAfterOneIntervalForKeyThatAppearsLate() throws Exception {
		load();
		assertThat(find(this.keys, header("second"))).isEmpty();
		this.source.publish(this.second);
		this.clock.advance(FetchAllowance.INTERVAL.minus(MILLISECOND));
		assertThat(find(this.keys, header("second"))).isEmpty();
		assertThat(this.source.fetches()).isEqualTo(2);
		this.clock.advance(MILLISECOND);
		assertThat(find(this.keys, header("second"))).containsExactly(this.second);
	}

	@Test
	void findsKeyThatReplacedAnotherUnderItsId() throws Exception {
		load();
		JWK replacement = key("first");
		this.source.publish(replacement);
		assertThat(find(this.keys, header("first"))).containsExactly(this.first);
		assertThat(find(this.keys, header("first"), List.of(this.first))).containsExactly(replacement);
		assertThat(find(this.keys, header("first"))).containsExactly(replacement);
		assertThat(this.source.fetches()).isEqualTo(2);
	}

	@Test
	void looksForReplacementOncePerInterval() throws Exception {
		load();
		for (int i = 0; i < 10; i++) {
			assertThat(find(this.keys, header("first"), List.of(this.first))).isEmpty();
		}
		assertThat(this.source.fetches()).isEqualTo(2);
		this.clock.advance(FetchAllowance.INTERVAL);
		assertThat(find(this.keys, header("first"), List.of(this.first))).isEmpty();
		assertThat(this.source.fetches()).isEqualTo(3);
	}

	@Test
	void doesNotSeekKeyWithEndlessId() throws Exception {
		load();
		assertThat(find(this.keys, header("x".repeat(257)))).isEmpty();
		assertThat(this.source.fetches()).isEqualTo(1);
		assertThat(find(this.keys, header("x".repeat(256)))).isEmpty();
		assertThat(this.source.fetches()).isEqualTo(2);
	}

	@Test
	void waitsForSoughtKeyOneSecondAtMost() throws Exception {
		IssuerKeyCache concurrent = keys(this.threads);
		find(concurrent, header("first"));
		this.source.block();
		long start = System.nanoTime();
		assertThat(find(concurrent, header("second"))).isEmpty();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(900), LONG.dividedBy(2));
	}

	@Test
	void sharesOneFetchAmongAllThatSeek() throws Exception {
		IssuerKeyCache concurrent = keys(this.threads);
		find(concurrent, header("first"));
		this.source.publish(this.second);
		this.source.block();
		List<CompletableFuture<List<JWK>>> seekers = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			seekers.add(findAsync(concurrent, "second"));
		}
		await().until(() -> this.source.fetches() == 2);
		this.source.unblock();
		assertThat(seekers).extracting((seeker) -> seeker.get(5, TimeUnit.SECONDS)).containsOnly(List.of(this.second));
		assertThat(this.source.fetches()).isEqualTo(2);
	}

	// Threads

	@Test
	void letsOneHundredRequestsWaitAtMost() throws Exception {
		IssuerKeyCache concurrent = keys(this.threads);
		this.source.block();
		List<CompletableFuture<List<JWK>>> waiting = new ArrayList<>();
		for (int i = 0; i < 110; i++) {
			waiting.add(findAsync(concurrent, "first"));
		}
		await().until(() -> waiting.stream().filter(CompletableFuture::isCompletedExceptionally).count() == 10);
		this.source.unblock();
		await().until(() -> waiting.stream().allMatch(CompletableFuture::isDone));
		assertThat(waiting.stream().filter(CompletableFuture::isCompletedExceptionally)).hasSize(10);
		// The places are free again.
		this.source.fail();
		this.clock.advance(TOLERANCE);
		this.source.block();
		CompletableFuture<List<JWK>> next = findAsync(concurrent, "first");
		await().until(() -> this.source.fetches() == 2);
		assertThat(next).isNotDone();
	}

	@Test
	void staysUsableWhenTaskIsRejected() throws Exception {
		AtomicInteger rejections = new AtomicInteger(1);
		IssuerKeyCache closing = keys((task) -> {
			if (rejections.getAndDecrement() > 0) {
				throw new RejectedExecutionException();
			}
			task.run();
		});
		isUnavailable(closing);
		assertThat(find(closing, header("first"))).containsExactly(this.first);
	}

	@Test
	void staysUsableWhenNoThreadCanBeStarted() throws Exception {
		AtomicInteger failures = new AtomicInteger(1);
		IssuerKeyCache exhausted = keys((task) -> {
			if (failures.getAndDecrement() > 0) {
				throw new OutOfMemoryError("on purpose");
			}
			task.run();
		});
		assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(exhausted::current);
		assertThat(find(exhausted, header("first"))).containsExactly(this.first);
	}

	@Test
	void neverWaits() {
		IssuerKeyCache background = keys(this.postponed::add);
		List<KeyLookup> lookups = Stream.generate(background::current).limit(101).toList();
		assertThat(lookups.subList(0, 100)).allMatch((lookup) -> lookup instanceof KeyLookup.Pending);
		assertThat(lookups.get(100)).isEqualTo(new KeyLookup.Unavailable());
		runPostponed();
		assertThat(lookups.subList(0, 100)).allSatisfy((lookup) -> {
			KeyLookup.Pending pending = (KeyLookup.Pending) lookup;
			assertThat(pending.arrival()).isDone();
			assertThat(pending.look()).isInstanceOf(KeySet.class);
		});
	}

	@Test
	void requestThatCancelsItsWaitKeepsNoPermit() {
		IssuerKeyCache background = keys(this.postponed::add);
		for (int i = 0; i < 100; i++) {
			((KeyLookup.Pending) background.current()).arrival().cancel(true);
		}
		runPostponed();
		this.clock.advance(TOLERANCE);
		assertThat(background.current()).isInstanceOf(KeyLookup.Pending.class);
	}

	@Test
	void doesNotFetchAgainForRequestThatSawTheOldSet() throws Exception {
		IssuerKeyCache background = keys(this.postponed::add,
				new JwkSetLifetimes(TIME_TO_LIVE, TOLERANCE, MILLISECOND));
		isUnavailable(background);
		isUnavailable(background);
		assertThat(this.postponed).hasSize(1);
		runPostponed();
		assertThat(find(background, header("first"))).containsExactly(this.first);
		assertThat(this.postponed).isEmpty();
	}

	// What others are told

	@Test
	void tellsOnceThatIssuerIsDownAndOnceThatItIsBack() throws Exception {
		load();
		this.source.fail();
		for (int i = 0; i < 2; i++) {
			this.clock.advance(TIME_TO_LIVE);
			load();
		}
		this.source.publish(this.first);
		this.clock.advance(TIME_TO_LIVE);
		load();
		assertThat(this.told.words()).containsExactly("keys acme success", "degraded acme IOException",
				"keys acme failure", "keys acme failure", "recovered acme PT10M", "keys acme success");
	}

	@Test
	void tellsThatFetchWasWithheld() throws Exception {
		load();
		for (int i = 0; i <= FetchAllowance.BURST; i++) {
			find(this.keys, header("nobody " + i));
		}
		assertThat(this.told.words()).hasSize(5).endsWith("keys acme success", "keys acme skipped");
	}

	@Test
	void statusBeforeFirstFetchIsThatThereIsNothing() {
		assertThat(this.keys.status())
			.isEqualTo(new JwkSetMonitor.Status("acme", false, false, 0, List.of(), null, Duration.ZERO, null));
	}

	@Test
	void statusSaysHowOldAndHowMany() throws Exception {
		load();
		this.clock.advance(AHEAD);
		assertThat(this.keys.status())
			.isEqualTo(new JwkSetMonitor.Status("acme", true, false, 1, List.of("EC"), AHEAD, Duration.ZERO, null));
	}

	@Test
	void statusSaysHowLongStaleKeysServe() throws Exception {
		load();
		this.source.failWith(new IllegalStateException("defect"));
		this.clock.advance(TIME_TO_LIVE.plus(AHEAD));
		load();
		assertThat(this.keys.status()).isEqualTo(new JwkSetMonitor.Status("acme", true, true, 1, List.of("EC"),
				TIME_TO_LIVE.plus(AHEAD), AHEAD, "IllegalStateException"));
	}

	@Test
	void statusOfAnIdleIssuerIsNotStale() throws Exception {
		load();
		this.clock.advance(TIME_TO_LIVE.multipliedBy(2));
		assertThat(this.keys.status().stale()).isZero();
	}

	@Test
	void statusIsUnusableOnceToleranceIsOver() throws Exception {
		load();
		this.clock.advance(TOLERANCE.minus(MILLISECOND));
		assertThat(this.keys.status().usable()).isTrue();
		this.clock.advance(MILLISECOND);
		assertThat(this.keys.status().usable()).isFalse();
	}

	@Test
	void refreshFetchesWhatIsMissingAndWhatIsDueOnly() {
		this.keys.refresh().join();
		this.keys.refresh().join();
		assertThat(this.source.fetches()).isEqualTo(1);
		this.clock.advance(TIME_TO_LIVE.minus(AHEAD));
		this.keys.refresh().join();
		assertThat(this.source.fetches()).isEqualTo(2);
		assertThat(this.keys.status().usable()).isTrue();
	}

	/**
	 * What strangers can send in numbers.
	 */
	private enum Flood {

		UNKNOWN_KEYS {
			@Override
			void request(IssuerKeyCache keys, int number, JWK known) throws WaitingKeys.KeysUnavailableException {
				assertThat(find(keys, header("nobody " + number))).isEmpty();
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

	private IssuerKeyCache keys(Executor executor) {
		return keys(executor, new JwkSetLifetimes(TIME_TO_LIVE, TOLERANCE, LONG));
	}

	private IssuerKeyCache keys(Executor executor, JwkSetLifetimes times) {
		return new IssuerKeyCache(new TrustedIssuer("acme", ISSUER, Set.of("one"), null, List.of("ES256"), List.of()),
				this.source, times, new Semaphore(100), this.clock, executor,
				new AuthListeners(() -> List.of(this.told), this.clock));
	}

	private void load() throws WaitingKeys.KeysUnavailableException {
		assertThat(find(this.keys, header("first"))).containsExactly(this.first);
	}

	/** Load with an executor that waits for {@link #runPostponed()}. */
	private void loadPostponed(IssuerKeyCache background) throws Exception {
		CompletableFuture<List<JWK>> waiting = findAsync(background, "first");
		await().until(() -> !this.postponed.isEmpty());
		runPostponed();
		assertThat(waiting.get(5, TimeUnit.SECONDS)).containsExactly(this.first);
	}

	private void runPostponed() {
		this.postponed.remove().run();
	}

	private CompletableFuture<List<JWK>> findAsync(IssuerKeyCache issuerKeys, String keyId) {
		return CompletableFuture.supplyAsync(() -> {
			try {
				return find(issuerKeys, header(keyId));
			}
			catch (WaitingKeys.KeysUnavailableException ex) {
				throw new IllegalStateException(ex);
			}
		}, this.threads);
	}

	private static void isUnavailable(IssuerKeyCache issuerKeys) {
		assertThatExceptionOfType(WaitingKeys.KeysUnavailableException.class)
			.isThrownBy(() -> find(issuerKeys, header("first")));
	}

	private static JWSHeader header(String keyId) {
		return header(keyId, JWSAlgorithm.ES256);
	}

	private static JWSHeader header(String keyId, JWSAlgorithm algorithm) {
		return new JWSHeader.Builder(algorithm).keyID(keyId).build();
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
