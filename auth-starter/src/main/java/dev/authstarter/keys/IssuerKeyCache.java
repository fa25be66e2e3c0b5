package dev.authstarter.keys;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.event.AuthListener.Outcome;
import dev.authstarter.event.AuthListeners;
import dev.authstarter.event.KeysDegraded;
import dev.authstarter.event.KeysRecovered;
import dev.authstarter.event.Pause;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.log.LogMessage;

/**
 * Caches and refreshes the key set of one issuer.
 */
final class IssuerKeyCache implements IssuerKeys {

	/*
	 * Fetching: only a background thread fetches, one fetch at a time. A request reads
	 * the current set from a field; no method here waits.
	 *
	 * How often: a set that is missing or due is fetched when it is looked up. For a key
	 * that the set lacks or whose signatures fail, and while fetching fails, it is
	 * fetched as often as the allowance permits, and not within a pause after a failure.
	 * Every fetch brings all keys, so that a new key is found after one interval even if
	 * tokens of unauthenticated clients use up the allowance.
	 *
	 * Waiting: a request waits for a fetch only if it needs the result: there is no set
	 * yet, the set is older than its time to live, or the set lacks the key of the token.
	 * It gets a future that is bounded in time. Where a waiting request holds a thread,
	 * the number of waiting requests is bounded, too, so that a slow issuer and many
	 * unknown keys do not block other requests.
	 *
	 * Outage: a failed fetch only marks the set as degraded. The last valid set is used
	 * until the outage tolerance has elapsed. The outage is logged when it begins, every
	 * quarter of an hour, and when it ends.
	 *
	 * Unknown keys: a key that a new set lacks is remembered for one interval, so that a
	 * client with an old token does not use up the allowance that a key rotation needs.
	 */

	private static final Log logger = LogFactory.getLog(IssuerKeyCache.class);

	/** The same as the {@code Retry-After} of the response to the client. */
	static final Duration PAUSE = Duration.ofSeconds(5);

	static final Duration WARNING_INTERVAL = Duration.ofMinutes(15);

	private static final Duration REFRESH_AHEAD = Duration.ofSeconds(30);

	private static final Duration SOUGHT_KEY_WAIT = Duration.ofSeconds(1);

	private static final int MAXIMUM_SOUGHT_KEYS = 1_000;

	private static final int MAXIMUM_KEY_ID_LENGTH = 256;

	private static final KeyLookup UNAVAILABLE = new KeyLookup.Unavailable();

	private static final CompletableFuture<@Nullable Void> NOTHING_TO_WAIT_FOR = CompletableFuture
		.completedFuture(null);

	private static final String KNOWN_KEYS_SERVE = "The cached keys remain in use";

	private static final String NO_KEYS = "Until they are, every token of this issuer is answered with 503. Check "
			+ "whether this process can reach that address (host name, proxies, certificates). 'jwks-uri' of the "
			+ "issuer sets another address for the keys only";

	private final TrustedIssuer issuer;

	private final KeySource source;

	private final JwkSetLifetimes times;

	private final Duration refreshAfter;

	private final Clock clock;

	private final Executor executor;

	private final AuthListeners listeners;

	private final Semaphore waiting;

	private final FetchAllowance allowance;

	private final AtomicReference<@Nullable CompletableFuture<@Nullable Void>> underWay = new AtomicReference<>();

	private final Cache<SoughtKey, Pause> missingKeys = Caffeine.newBuilder().maximumSize(MAXIMUM_SOUGHT_KEYS).build();

	/** The pause between a failure and the next fetch. */
	private final Pause pause;

	/** The pause between two log lines about one outage. */
	private final Pause warnings;

	/** The pause between two log lines about unknown keys. */
	private final Pause hints;

	private volatile @Nullable FetchedKeySet current;

	private volatile @Nullable Instant degradedSince;

	private volatile @Nullable String lastError;

	/**
	 * Create a cache for the keys of an issuer.
	 * @param waiting a permit for each request that may wait for keys at a time
	 */
	IssuerKeyCache(TrustedIssuer issuer, KeySource source, JwkSetLifetimes times, Semaphore waiting, Clock clock,
			Executor executor, AuthListeners listeners) {
		this.issuer = issuer;
		this.source = source;
		this.waiting = waiting;
		this.allowance = new FetchAllowance(clock);
		this.pause = new Pause(PAUSE, clock);
		this.warnings = new Pause(WARNING_INTERVAL, clock);
		this.hints = new Pause(WARNING_INTERVAL, clock);
		this.times = times;
		this.refreshAfter = refreshAfter(times.timeToLive());
		this.clock = clock;
		this.executor = executor;
		this.listeners = listeners;
	}

	@Override
	public KeyLookup current() {
		FetchedKeySet known = this.current;
		// The usual path of a request reads the clock only. No set is replaced before
		// it is due.
		if (known != null && !hasLived(this.refreshAfter, known)) {
			return known;
		}
		return after(renew(known), this::usable);
	}

	@Override
	public KeyLookup atHand() {
		return usable();
	}

	private KeyLookup usable() {
		FetchedKeySet latest = this.current;
		return (latest != null && !hasLived(this.times.outageTolerance(), latest)) ? latest : UNAVAILABLE;
	}

	@Override
	public KeyLookup seek(JWSHeader header, List<JWK> tried, KeySet known) {
		SoughtKey key = SoughtKey.of(header);
		if (key.keyId().length() > MAXIMUM_KEY_ID_LENGTH || isKnownToBeMissing(key)) {
			return known;
		}
		return after(arrival(load(known, this.allowance::take), SOUGHT_KEY_WAIT),
				() -> sought(key, header, tried, known));
	}

	private KeySet sought(SoughtKey key, JWSHeader header, List<JWK> tried, KeySet known) {
		FetchedKeySet latest = this.current;
		if (latest == null || latest.equals(known)) {
			return known;
		}
		if (latest.find(header, tried).isEmpty()) {
			this.missingKeys.get(key, (sought) -> new Pause(FetchAllowance.INTERVAL, this.clock)).begin();
			if (tried.isEmpty()) {
				hint(latest);
			}
		}
		return latest;
	}

	/** Look up the keys now, or when a fetch has ended. */
	private static KeyLookup after(CompletableFuture<@Nullable Void> arrival, Supplier<KeyLookup> look) {
		return arrival.isDone() ? look.get() : new KeyLookup.Pending(arrival, look);
	}

	boolean isDegraded() {
		return this.degradedSince != null;
	}

	/** Return the ids of the current keys that have one. */
	List<String> keyIds() {
		FetchedKeySet known = this.current;
		return (known != null) ? known.ids() : List.of();
	}

	JwkSetMonitor.Status status() {
		FetchedKeySet known = this.current;
		boolean down = isDegraded();
		if (known == null) {
			return new JwkSetMonitor.Status(this.issuer.name(), false, down, 0, List.of(), null, Duration.ZERO,
					this.lastError);
		}
		Duration age = known.age(this.clock.instant());
		boolean usable = age.compareTo(this.times.outageTolerance()) < 0;
		Duration overdue = age.minus(this.times.timeToLive());
		return new JwkSetMonitor.Status(this.issuer.name(), usable, down, known.size(), known.algorithms(), age,
				(usable && down && !overdue.isNegative()) ? overdue : Duration.ZERO, this.lastError);
	}

	/**
	 * Start a fetch if the set is missing or due.
	 * @return completed when the set can be used, or is not available for now; within a
	 * bounded time
	 */
	CompletableFuture<@Nullable Void> refresh() {
		return renew(this.current);
	}

	private CompletableFuture<@Nullable Void> renew(@Nullable FetchedKeySet known) {
		if (known != null && !hasLived(this.refreshAfter, known)) {
			return NOTHING_TO_WAIT_FOR;
		}
		boolean over = known == null || hasLived(this.times.outageTolerance(), known)
				|| (hasLived(this.times.timeToLive(), known) && !isDegraded());
		CompletableFuture<@Nullable Void> load = load(known, this::mayRefresh);
		return over ? arrival(load, this.times.fetchTimeout()) : NOTHING_TO_WAIT_FOR;
	}

	/** The allowance limits fetches of a due set only while fetching fails. */
	private boolean mayRefresh() {
		return !isDegraded() || this.allowance.take();
	}

	private boolean hasLived(Duration life, FetchedKeySet set) {
		return set.hasLived(life, this.clock.instant());
	}

	private static Duration refreshAfter(Duration timeToLive) {
		Duration half = timeToLive.dividedBy(2);
		return timeToLive.minus((half.compareTo(REFRESH_AHEAD) < 0) ? half : REFRESH_AHEAD);
	}

	private boolean isKnownToBeMissing(SoughtKey key) {
		Pause search = this.missingKeys.getIfPresent(key);
		return search != null && search.lasts();
	}

	/**
	 * Any client can cause it: the log line is limited in rate and holds nothing of the
	 * token.
	 */
	private void hint(FetchedKeySet latest) {
		if (this.hints.tryBegin()) {
			logger.info(LogMessage.format("A token names a key that issuer %s does not publish. It publishes %s",
					this.issuer.issuer(), latest.ids()));
		}
	}

	/**
	 * Start a fetch unless one is running, has replaced the set meanwhile, or a pause is
	 * in effect.
	 * @param known the set that is not sufficient
	 * @param allowed evaluated last: whether a fetch is allowed
	 * @return completed when there is nothing left to wait for
	 */
	private CompletableFuture<@Nullable Void> load(@Nullable KeySet known, BooleanSupplier allowed) {
		CompletableFuture<@Nullable Void> mine = new CompletableFuture<>();
		CompletableFuture<@Nullable Void> theirs = this.underWay.compareAndExchange(null, mine);
		if (theirs != null) {
			return theirs;
		}
		if (!Objects.equals(this.current, known) || this.pause.lasts()) {
			finish(mine);
			return mine;
		}
		if (!allowed.getAsBoolean()) {
			finish(mine);
			this.listeners.keysFetched(this.issuer, Outcome.SKIPPED, Duration.ZERO);
			return mine;
		}
		boolean started = false;
		try {
			this.executor.execute(() -> {
				try {
					fetch();
				}
				finally {
					finish(mine);
				}
			});
			started = true;
		}
		catch (RejectedExecutionException ex) {
			// The application is closing, or too many issuers are being fetched at the
			// moment.
		}
		finally {
			// If no thread could be started, the next request tries again.
			if (!started) {
				finish(mine);
			}
		}
		return mine;
	}

	private void finish(CompletableFuture<@Nullable Void> load) {
		this.underWay.set(null);
		load.complete(null);
	}

	private void fetch() {
		long start = System.nanoTime();
		try {
			replace(new FetchedKeySet(this.source.fetch(), this.clock.instant()));
			notifyOfFetch(Outcome.SUCCESS, start);
		}
		catch (Exception | LinkageError | StackOverflowError | AssertionError ex) {
			// A customizer of the application may throw any exception.
			degrade(ex);
			notifyOfFetch(Outcome.FAILURE, start);
		}
	}

	private void notifyOfFetch(Outcome outcome, long start) {
		this.listeners.keysFetched(this.issuer, outcome, Duration.ofNanos(System.nanoTime() - start));
	}

	private void replace(FetchedKeySet set) {
		FetchedKeySet previous = this.current;
		this.current = (previous != null) ? set.after(previous) : set;
		Instant since = this.degradedSince;
		if (since != null) {
			this.degradedSince = null;
			logger.info(LogMessage.format("Keys of issuer %s are available again", this.issuer.issuer()));
			this.listeners
				.keysRecovered(new KeysRecovered(this.issuer.name(), Duration.between(since, this.clock.instant())));
		}
	}

	private void degrade(Throwable cause) {
		this.pause.begin();
		boolean begins = !isDegraded();
		if (begins || !this.warnings.lasts()) {
			this.warnings.begin();
			logger.warn(LogMessage.format("Keys of issuer %s could not be fetched: %s. %s", this.issuer.issuer(),
					cause.getMessage(), (this.current != null) ? KNOWN_KEYS_SERVE : NO_KEYS));
		}
		String error = nameOf(cause);
		this.lastError = error;
		if (begins) {
			this.degradedSince = this.clock.instant();
			this.listeners.keysDegraded(new KeysDegraded(this.issuer.name(), error));
		}
	}

	/** The outer exceptions do not describe the cause. */
	private static String nameOf(Throwable exception) {
		Throwable cause = exception;
		while (cause.getCause() != null && cause.getClass() == IOException.class) {
			cause = cause.getCause();
		}
		return cause.getClass().getSimpleName();
	}

	/**
	 * Let a request wait for a fetch to end, up to a time limit; without waiting if too
	 * many requests wait already.
	 */
	private CompletableFuture<@Nullable Void> arrival(CompletableFuture<@Nullable Void> load, Duration limit) {
		if (load.isDone() || !this.waiting.tryAcquire()) {
			return NOTHING_TO_WAIT_FOR;
		}
		// Changes that a request makes to its copy do not keep the permit.
		return load.copy()
			.completeOnTimeout(null, limit.toNanos(), TimeUnit.NANOSECONDS)
			.whenComplete((ended, failure) -> this.waiting.release())
			.copy();
	}

	/**
	 * The key that a token names.
	 *
	 * @param keyId the {@code kid}, empty if there is none
	 * @param algorithm the {@code alg}: keys of different algorithms may share an id
	 */
	private record SoughtKey(String keyId, String algorithm) {

		static SoughtKey of(JWSHeader header) {
			return new SoughtKey((header.getKeyID() != null) ? header.getKeyID() : "", header.getAlgorithm().getName());
		}

	}

}
