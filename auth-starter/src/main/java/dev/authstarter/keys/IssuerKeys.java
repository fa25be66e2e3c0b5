package dev.authstarter.keys;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.jwk.source.RateLimitedJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.log.LogMessage;

/**
 * The life of one issuer's key set.
 */
final class IssuerKeys {

	/*
	 * Fetching: only a background thread fetches, one fetch at a time, and Nimbus' rate
	 * limit lets two attempts through per window, whoever asks. A request thread reads
	 * the current set from a field; nothing it does can block another.
	 *
	 * Waiting: a request waits for a fetch only if it cannot be answered without: there
	 * is no set yet, the set outlived its time to live, or the token names a key that the
	 * set lacks. The wait is bounded in time and in the number of threads, so a hanging
	 * issuer and a flood of unknown keys together leave other requests alone.
	 *
	 * Outage: a failed fetch changes nothing but the mark 'degraded'. The last good set
	 * serves until the outage tolerance is over.
	 *
	 * Unknown keys are remembered for one window, in a memory of their own, so that one
	 * stale client does not use up the attempts that a true rotation needs.
	 */

	private static final Log logger = LogFactory.getLog(IssuerKeys.class);

	static final Duration WINDOW = Duration.ofSeconds(30);

	private static final Duration REFRESH_AHEAD = Duration.ofSeconds(30);

	private static final Duration UNKNOWN_KEY_WAIT = Duration.ofSeconds(1);

	private static final int MAXIMUM_WAITING = 100;

	private static final int MAXIMUM_UNKNOWN_KEYS = 1_000;

	private static final int MAXIMUM_KEY_ID_LENGTH = 256;

	private final String issuer;

	private final JWKSetSource<SecurityContext> source;

	private final KeysTimes times;

	private final Clock clock;

	private final Executor executor;

	private final Semaphore waiting = new Semaphore(MAXIMUM_WAITING);

	private final AtomicReference<@Nullable CountDownLatch> underWay = new AtomicReference<>();

	private final Cache<String, Instant> unknownKeys = Caffeine.newBuilder().maximumSize(MAXIMUM_UNKNOWN_KEYS).build();

	private volatile @Nullable KeySet current;

	private volatile boolean degraded;

	IssuerKeys(String issuer, JWKSetSource<SecurityContext> published, KeysTimes times, Clock clock,
			Executor executor) {
		this.issuer = issuer;
		this.source = new RateLimitedJWKSetSource<>(published, WINDOW.toMillis(), null);
		this.times = times;
		this.clock = clock;
		this.executor = executor;
	}

	List<JWK> find(JWSHeader header) throws KeysUnavailableException {
		KeySet known = usable();
		List<JWK> keys = known.find(header);
		return keys.isEmpty() ? findUnknown(header, known) : keys;
	}

	boolean isDegraded() {
		return this.degraded;
	}

	private KeySet usable() throws KeysUnavailableException {
		Instant now = this.clock.instant();
		KeySet known = this.current;
		if (known == null || !now.isBefore(known.loadedAt().plus(this.times.outageTolerance()))) {
			await(load(known), this.times.fetchTimeout());
			known = this.current;
		}
		else if (isOver(this.times.timeToLive(), known, now) && !this.degraded) {
			await(load(known), this.times.fetchTimeout());
			known = this.current;
		}
		else if (isOver(refreshAfter(), known, now)) {
			load(known);
		}
		if (known == null || isOver(this.times.outageTolerance(), known, this.clock.instant())) {
			throw new KeysUnavailableException("No usable keys of issuer " + this.issuer);
		}
		return known;
	}

	private static boolean isOver(Duration life, KeySet set, Instant now) {
		return !now.isBefore(set.loadedAt().plus(life));
	}

	private Duration refreshAfter() {
		Duration half = this.times.timeToLive().dividedBy(2);
		return this.times.timeToLive().minus((half.compareTo(REFRESH_AHEAD) < 0) ? half : REFRESH_AHEAD);
	}

	private List<JWK> findUnknown(JWSHeader header, KeySet known) {
		String keyId = (header.getKeyID() != null) ? header.getKeyID() : "";
		if (keyId.length() > MAXIMUM_KEY_ID_LENGTH || isRememberedAsUnknown(keyId)) {
			return List.of();
		}
		if (!await(load(known), UNKNOWN_KEY_WAIT)) {
			return List.of();
		}
		KeySet latest = this.current;
		List<JWK> keys = (latest != null) ? latest.find(header) : List.of();
		if (keys.isEmpty()) {
			this.unknownKeys.put(keyId, this.clock.instant().plus(WINDOW));
		}
		return keys;
	}

	private boolean isRememberedAsUnknown(String keyId) {
		Instant until = this.unknownKeys.getIfPresent(keyId);
		return until != null && this.clock.instant().isBefore(until);
	}

	/**
	 * Start a fetch unless one is under way or has replaced the set meanwhile.
	 */
	private CountDownLatch load(@Nullable KeySet known) {
		CountDownLatch mine = new CountDownLatch(1);
		CountDownLatch theirs = this.underWay.compareAndExchange(null, mine);
		if (theirs != null) {
			return theirs;
		}
		if (!Objects.equals(this.current, known)) {
			finish(mine);
			return mine;
		}
		this.executor.execute(() -> {
			try {
				fetch();
			}
			finally {
				finish(mine);
			}
		});
		return mine;
	}

	private void finish(CountDownLatch load) {
		this.underWay.set(null);
		load.countDown();
	}

	private void fetch() {
		try {
			JWKSet set = this.source.getJWKSet(JWKSetCacheRefreshEvaluator.noRefresh(), this.clock.millis(), null);
			this.current = new KeySet(set, this.clock.instant());
			if (this.degraded) {
				this.degraded = false;
				logger.info(LogMessage.format("Keys of issuer %s are available again", this.issuer));
			}
		}
		catch (RateLimitReachedException ex) {
			logger.debug(
					LogMessage.format("Keys of issuer %s were fetched twice within %s, waiting", this.issuer, WINDOW));
		}
		catch (KeySourceException ex) {
			if (!this.degraded) {
				this.degraded = true;
				logger.warn(
						LogMessage.format("Keys of issuer %s could not be fetched: %s", this.issuer, ex.getMessage()));
			}
		}
	}

	/**
	 * Wait for a fetch.
	 * @return whether it ended in time
	 */
	private boolean await(CountDownLatch load, Duration limit) {
		if (!this.waiting.tryAcquire()) {
			return false;
		}
		try {
			return load.await(limit.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		finally {
			this.waiting.release();
		}
	}

}
