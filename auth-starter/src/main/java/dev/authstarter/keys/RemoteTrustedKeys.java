package dev.authstarter.keys;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.StreamSupport;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.event.AuthListeners;
import dev.authstarter.issuer.IssuerCheck;
import dev.authstarter.issuer.TrustedIssuers;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * The keys that issuers publish, each issuer's for itself. Those of issuers that the
 * application names at run time are kept as long as anything refers to them.
 */
final class RemoteTrustedKeys implements TrustedKeys, JwkSetMonitor, IssuerCheck, AutoCloseable {

	/** Issuers that are named at run time and asked for keys at the same time. */
	private static final int MAXIMUM_FETCHES = 20;

	/** With more, an answer would come too late for the requests that wait for it. */
	private static final int MAXIMUM_WAITING_FETCHES = 1_000;

	private final ExecutorService executor = Executors.newCachedThreadPool(threads());

	private final ExecutorService resolvedExecutor = resolvedExecutor();

	/** By the issuers' own names, whose hash is known already. */
	private final Map<String, IssuerKeyCache> configured = new LinkedHashMap<>();

	private final Cache<TrustedIssuer, IssuerKeyCache> resolved;

	private final Function<TrustedIssuer, IssuerKeyCache> resolvedFactory;

	/**
	 * Fetch the keys of issuers.
	 * @param sources where the keys of an issuer come from
	 * @param maximumWaiting the most requests that may wait for keys; the configured
	 * issuers and the others together share them evenly, so that one that hangs leaves
	 * the others theirs
	 */
	RemoteTrustedKeys(TrustedIssuers issuers, Function<TrustedIssuer, KeySource> sources, JwkSetLifetimes times,
			int maximumWaiting, Clock clock, AuthListeners listeners) {
		long shares = StreamSupport.stream(issuers.spliterator(), false).count() + (issuers.mayGrow() ? 1 : 0);
		int share = (int) Math.max(1, maximumWaiting / shares);
		for (TrustedIssuer issuer : issuers) {
			this.configured.put(issuer.issuer(), new IssuerKeyCache(issuer, sources.apply(issuer), times,
					new Semaphore(share), clock, this.executor, listeners));
		}
		Semaphore resolvedShare = new Semaphore(share);
		this.resolvedFactory = (issuer) -> new IssuerKeyCache(issuer, sources.apply(issuer), times, resolvedShare,
				clock, this.resolvedExecutor, listeners);
		this.resolved = Caffeine.newBuilder().weakValues().executor(Runnable::run).build();
	}

	private static CustomizableThreadFactory threads() {
		CustomizableThreadFactory threads = new CustomizableThreadFactory("auth-starter-keys-");
		threads.setDaemon(true);
		return threads;
	}

	private static ExecutorService resolvedExecutor() {
		ThreadPoolExecutor executor = new ThreadPoolExecutor(MAXIMUM_FETCHES, MAXIMUM_FETCHES, 1, TimeUnit.MINUTES,
				new LinkedBlockingQueue<>(MAXIMUM_WAITING_FETCHES), threads());
		executor.allowCoreThreadTimeOut(true);
		return executor;
	}

	/** Read what is configured for the issuer; nothing is fetched. */
	@Override
	public void check(TrustedIssuer issuer) {
		of(issuer);
	}

	@Override
	public IssuerKeyCache of(TrustedIssuer issuer) {
		IssuerKeyCache keys = this.configured.get(issuer.issuer());
		return (keys != null) ? keys : this.resolved.get(withKeysOnly(issuer), this.resolvedFactory);
	}

	/** What else changes of an issuer is no reason to fetch its keys again. */
	private static TrustedIssuer withKeysOnly(TrustedIssuer issuer) {
		return new TrustedIssuer(issuer.name(), issuer.issuer(), Set.of(), issuer.jwksUri(), issuer.algorithms(),
				List.of());
	}

	@Override
	public List<String> keyIds(TrustedIssuer issuer) {
		return of(issuer).keyIds();
	}

	@Override
	public List<Status> status() {
		return this.configured.values().stream().map(IssuerKeyCache::status).toList();
	}

	@Override
	public CompletableFuture<?> refresh() {
		return CompletableFuture
			.allOf(this.configured.values().stream().map(IssuerKeyCache::refresh).toArray(CompletableFuture<?>[]::new));
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
		this.resolvedExecutor.shutdownNow();
	}

}
