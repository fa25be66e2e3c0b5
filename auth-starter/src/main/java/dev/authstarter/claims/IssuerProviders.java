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
final class IssuerProviders implements Providers, IssuerCheck {

	/** By the issuers' own names, whose hash is known already. */
	private final Map<String, Provider> configured;

	private final Function<TrustedIssuer, Provider> factory;

	private final Cache<TrustedIssuer, Provider> resolved;

	/**
	 * Make the providers of the configured issuers.
	 * @param factory makes a provider, and fails with what is wrong with it
	 * @param maximumResolved how many of other issuers are remembered
	 */
	IssuerProviders(TrustedIssuers issuers, Function<TrustedIssuer, Provider> factory, int maximumResolved) {
		this.configured = StreamSupport.stream(issuers.spliterator(), false)
			.collect(Collectors.toUnmodifiableMap(TrustedIssuer::issuer, factory));
		this.factory = factory;
		this.resolved = Caffeine.newBuilder().maximumSize(maximumResolved).executor(Runnable::run).build();
	}

	@Override
	public Provider of(TrustedIssuer issuer) {
		Provider provider = this.configured.get(issuer.issuer());
		return (provider != null) ? provider : Objects.requireNonNull(this.resolved.get(issuer, this.factory));
	}

	@Override
	public void check(TrustedIssuer issuer) {
		of(issuer);
	}

}
