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
 * The providers of the issuers: those of the configuration, made once, and those that the
 * application names at run time, made again when they are forgotten.
 */
final class IssuerClaimReaders implements ClaimReaders, IssuerCheck {

	/** By the issuers' own names, whose hash is known already. */
	private final Map<String, ClaimReader> configured;

	private final Function<TrustedIssuer, ClaimReader> factory;

	private final Cache<TrustedIssuer, ClaimReader> resolved;

	/**
	 * Make the providers of the configured issuers.
	 * @param factory makes a provider, and fails with what is wrong with it
	 * @param maximumResolved how many of other issuers are remembered
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
