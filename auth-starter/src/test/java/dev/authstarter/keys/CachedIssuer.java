package dev.authstarter.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

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

import static dev.authstarter.keys.WaitingKeys.find;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * An issuer that publishes {@link #FIRST} and the keys of the test, with key caches whose
 * time only the test advances.
 */
final class CachedIssuer implements AutoCloseable {

	static final JWK FIRST = key("first");

	static final JWK SECOND = key("second");

	static final Duration MILLISECOND = Duration.ofMillis(1);

	static final Duration TIME_TO_LIVE = Duration.ofMinutes(5);

	static final Duration TOLERANCE = Duration.ofHours(1);

	/** How long before its end a set is fetched again. */
	static final Duration AHEAD = Duration.ofSeconds(30);

	/** How long a fetch may take. */
	static final Duration LONG = Duration.ofSeconds(20);

	private final TestClock clock = new TestClock(Instant.parse("2026-03-01T10:00:00Z"));

	private final ScriptedSource source = new ScriptedSource();

	private final Queue<Runnable> postponed = new ConcurrentLinkedQueue<>();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final RecordingListener recorded = new RecordingListener();

	private final IssuerKeyCache keys = keys(Runnable::run);

	CachedIssuer() {
		this.source.publish(FIRST);
	}

	/** Return a cache that fetches on the thread of the request. */
	IssuerKeyCache keys() {
		return this.keys;
	}

	/** Make another cache. */
	IssuerKeyCache keys(Executor executor) {
		return keys(executor, new JwkSetLifetimes(TIME_TO_LIVE, TOLERANCE, LONG));
	}

	IssuerKeyCache keys(Executor executor, JwkSetLifetimes times) {
		return new IssuerKeyCache(
				new TrustedIssuer("acme", "https://acme.example", Set.of("one"), null, List.of("ES256"), List.of()),
				this.source, times, new Semaphore(100), this.clock, executor,
				new AuthListeners(() -> List.of(this.recorded), this.clock));
	}

	/** Let {@link #keys()} find the first key. */
	void load() throws WaitingKeys.KeysUnavailableException {
		assertThat(find(this.keys, header("first"))).containsExactly(FIRST);
	}

	ScriptedSource source() {
		return this.source;
	}

	Instant now() {
		return this.clock.instant();
	}

	void advance(Duration duration) {
		this.clock.advance(duration);
	}

	RecordingListener recorded() {
		return this.recorded;
	}

	/** An executor for caches that fetch beside the requests. */
	ExecutorService threads() {
		return this.threads;
	}

	/** An executor that waits for {@link #runPostponed()}. */
	void postpone(Runnable fetch) {
		this.postponed.add(fetch);
	}

	Queue<Runnable> postponed() {
		return this.postponed;
	}

	void runPostponed() {
		this.postponed.remove().run();
	}

	/** Let a cache that postpones its fetches find the first key. */
	void loadPostponed(IssuerKeyCache background) throws Exception {
		CompletableFuture<List<JWK>> waiting = findAsync(background, "first");
		await().until(() -> !this.postponed.isEmpty());
		runPostponed();
		assertThat(waiting.get(5, TimeUnit.SECONDS)).containsExactly(FIRST);
	}

	CompletableFuture<List<JWK>> findAsync(IssuerKeyCache issuerKeys, String keyId) {
		return CompletableFuture.supplyAsync(() -> {
			try {
				return find(issuerKeys, header(keyId));
			}
			catch (WaitingKeys.KeysUnavailableException ex) {
				throw new IllegalStateException(ex);
			}
		}, this.threads);
	}

	static void isUnavailable(IssuerKeyCache issuerKeys) {
		assertThatExceptionOfType(WaitingKeys.KeysUnavailableException.class)
			.isThrownBy(() -> find(issuerKeys, header("first")));
	}

	static JWSHeader header(String keyId) {
		return header(keyId, JWSAlgorithm.ES256);
	}

	static JWSHeader header(String keyId, JWSAlgorithm algorithm) {
		return new JWSHeader.Builder(algorithm).keyID(keyId).build();
	}

	static ECKey key(String keyId) {
		try {
			return new ECKeyGenerator(Curve.P_256).keyID(keyId).generate().toPublicJWK();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.source.unblock();
		this.threads.shutdownNow();
	}

}
