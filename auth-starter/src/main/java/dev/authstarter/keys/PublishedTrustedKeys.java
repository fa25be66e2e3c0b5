package dev.authstarter.keys;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import dev.authstarter.TrustedIssuer;
import org.jspecify.annotations.Nullable;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * The keys that issuers publish, each issuer's for itself.
 */
final class PublishedTrustedKeys implements TrustedKeys, AutoCloseable {

	private final ExecutorService executor = Executors.newCachedThreadPool(threads());

	private final String issuer;

	private final IssuerKeys keys;

	PublishedTrustedKeys(TrustedIssuer issuer, @Nullable URI jwksUri, KeysTimes times, Clock clock) {
		this.issuer = issuer.issuer();
		this.keys = new IssuerKeys(this.issuer, new PublishedKeys(this.issuer, jwksUri, times.fetchTimeout()), times,
				clock, this.executor);
	}

	private static CustomizableThreadFactory threads() {
		CustomizableThreadFactory threads = new CustomizableThreadFactory("auth-starter-keys-");
		threads.setDaemon(true);
		return threads;
	}

	@Override
	public List<JWK> find(String issuer, JWSHeader header) throws KeysUnavailableException {
		return this.issuer.equals(issuer) ? this.keys.find(header) : List.of();
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
	}

}
