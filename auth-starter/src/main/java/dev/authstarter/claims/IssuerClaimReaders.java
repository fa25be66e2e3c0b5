package dev.authstarter.claims;

import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.issuer.IssuerCheck;
import dev.authstarter.issuer.TrustedIssuers;

/**
 * The claim readers of all issuers. Readers of configured issuers are created once;
 * readers of issuers that the application resolves at run time are cached and created
 * again after eviction.
 */
final class IssuerClaimReaders implements ClaimReaders, IssuerCheck {

	/** By the issuer string, whose hash code is cached. */
	private final Map<String, ClaimReader> configured;

	private final Function<TrustedIssuer, ClaimReader> factory;

	private final Cache<TrustedIssuer, ClaimReader> resolved;

	/**
	 * Create the readers of the configured issuers.
	 * @param factory creates a reader, and throws an exception if its configuration is
	 * invalid
	 * @param maximumResolved the maximum number of cached readers of other issuers
	 */
	IssuerClaimReaders(TrustedIssuers issuers, Function<TrustedIssuer, ClaimReader> factory, int maximumResolved) {
		this.configured = StreamSupport.stream(issuers.spliterator(), false)
			.collect(Collectors.toUnmodifiableMap(TrustedIssuer::issuer, factory));
		this.factory = factory;
		this.resolved = Caffeine.newBuilder().maximumSize(maximumResolved).executor(Runnable::run).build();
	}

	@Override
	public ClaimReader of(TrustedIssuer issuer) {
		ClaimReader provider = this.configured.get(issuer.issuer());
		return (provider != null) ? provider : Objects.requireNonNull(this.resolved.get(issuer, this.factory));
	}

	@Override
	public void check(TrustedIssuer issuer) {
		of(issuer);
	}

}
