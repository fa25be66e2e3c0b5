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
 * The keys that the issuers publish, with a separate cache for each issuer. Caches of
 * issuers that are resolved at run time are weakly referenced.
 */
final class RemoteTrustedKeys implements TrustedKeys, JwkSetMonitor, IssuerCheck, AutoCloseable {

	/** The maximum number of concurrent fetches for issuers resolved at run time. */
	private static final int MAXIMUM_FETCHES = 20;

	/** With more, a fetch would end too late for the requests that wait for it. */
	private static final int MAXIMUM_WAITING_FETCHES = 1_000;

	private final ExecutorService executor = Executors.newCachedThreadPool(threads());

	private final ExecutorService resolvedExecutor = resolvedExecutor();

	/** By the issuers' own names, whose hash is known already. */
	private final Map<String, IssuerKeyCache> configured = new LinkedHashMap<>();

	private final Cache<TrustedIssuer, IssuerKeyCache> resolved;

	private final Function<TrustedIssuer, IssuerKeyCache> resolvedFactory;

	/**
	 * Create the caches of the configured issuers.
	 * @param sources returns the source of an issuer's keys
	 * @param maximumWaiting the maximum number of requests that may wait for keys; each
	 * configured issuer has an equal share and all resolved issuers together have one, so
	 * that a slow issuer does not use up the others' shares
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

	/** Read the configuration of the issuer's keys; nothing is fetched. */
	@Override
	public void check(TrustedIssuer issuer) {
		of(issuer);
	}

	@Override
	public IssuerKeyCache of(TrustedIssuer issuer) {
		IssuerKeyCache keys = this.configured.get(issuer.issuer());
		return (keys != null) ? keys : this.resolved.get(withKeysOnly(issuer), this.resolvedFactory);
	}

	/** Other changes of an issuer do not cause its keys to be fetched again. */
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
