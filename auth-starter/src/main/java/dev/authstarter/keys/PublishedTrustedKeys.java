package dev.authstarter.keys;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.StreamSupport;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import dev.authstarter.AuthListeners;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.TrustedIssuers;
import org.jspecify.annotations.Nullable;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * The keys that issuers publish, each issuer's for itself.
 */
final class PublishedTrustedKeys implements TrustedKeys, KeySets, AutoCloseable {

	private final ExecutorService executor = Executors.newCachedThreadPool(threads());

	private final Map<String, IssuerKeys> issuers = new LinkedHashMap<>();

	/**
	 * Fetch the keys of issuers.
	 * @param sources where the keys of an issuer come from
	 * @param maximumWaiting the most requests that may wait for keys; the issuers share
	 * them evenly, so that one that hangs leaves the others theirs
	 */
	PublishedTrustedKeys(TrustedIssuers issuers, Function<TrustedIssuer, KeySource> sources, KeysTimes times,
			int maximumWaiting, Clock clock, AuthListeners listeners) {
		long count = StreamSupport.stream(issuers.spliterator(), false).count();
		int waiting = (int) Math.max(1, maximumWaiting / Math.max(1, count));
		for (TrustedIssuer issuer : issuers) {
			this.issuers.put(issuer.issuer(),
					new IssuerKeys(issuer, sources.apply(issuer), times, waiting, clock, this.executor, listeners));
		}
	}

	private static CustomizableThreadFactory threads() {
		CustomizableThreadFactory threads = new CustomizableThreadFactory("auth-starter-keys-");
		threads.setDaemon(true);
		return threads;
	}

	@Override
	public List<JWK> find(String issuer, JWSHeader header) throws KeysUnavailableException {
		IssuerKeys keys = this.issuers.get(issuer);
		return (keys != null) ? keys.find(header) : List.of();
	}

	@Override
	public List<JWK> findReplacements(String issuer, JWSHeader header, List<JWK> failed)
			throws KeysUnavailableException {
		IssuerKeys keys = this.issuers.get(issuer);
		return (keys != null) ? keys.find(header, failed) : List.of();
	}

	@Override
	public @Nullable Object generation(String issuer) throws KeysUnavailableException {
		IssuerKeys keys = this.issuers.get(issuer);
		return (keys != null) ? keys.generation() : null;
	}

	@Override
	public List<String> keyIds(String issuer) {
		IssuerKeys keys = this.issuers.get(issuer);
		return (keys != null) ? keys.keyIds() : List.of();
	}

	@Override
	public List<KeySetStatus> status() {
		return this.issuers.values().stream().map(IssuerKeys::status).toList();
	}

	/** All issuers are asked before the first answer is waited for. */
	@Override
	public void refresh() {
		this.issuers.values().forEach(IssuerKeys::startRefresh);
		this.issuers.values().forEach(IssuerKeys::refresh);
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
	}

}
