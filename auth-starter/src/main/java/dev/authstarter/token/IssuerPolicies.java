package dev.authstarter.token;

import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.issuer.TrustedIssuers;
import dev.authstarter.issuer.UnresolvedIssuerException;
import org.jspecify.annotations.Nullable;

/**
 * The policies of the issuers. Those of configured issuers are created once; those of
 * issuers resolved at run time are cached and created again after eviction.
 */
public final class IssuerPolicies {

	/** How long the policy of a resolved issuer is cached after its last use. */
	private static final Duration UNUSED = Duration.ofHours(1);

	private final TrustedIssuers issuers;

	/** By the issuers' own names, whose hash is known already. */
	private final Map<String, IssuerPolicy> configured;

	private final Function<Map<String, Object>, @Nullable TrustedIssuer> resolver;

	private final Function<TrustedIssuer, IssuerPolicy> factory;

	private final Cache<TrustedIssuer, IssuerPolicy> resolved;

	/**
	 * Create the policies of the configured issuers.
	 * @param issuers the issuers
	 * @param factory creates a policy
	 * @param maximumResolved the maximum number of cached policies of resolved issuers
	 */
	IssuerPolicies(TrustedIssuers issuers, Function<TrustedIssuer, IssuerPolicy> factory, int maximumResolved) {
		this(issuers, issuers::resolve, factory, maximumResolved);
	}

	private IssuerPolicies(TrustedIssuers issuers, Function<Map<String, Object>, @Nullable TrustedIssuer> resolver,
			Function<TrustedIssuer, IssuerPolicy> factory, int maximumResolved) {
		this.issuers = issuers;
		this.resolver = resolver;
		this.factory = factory;
		this.configured = StreamSupport.stream(issuers.spliterator(), false)
			.collect(Collectors.toUnmodifiableMap(TrustedIssuer::issuer, factory));
		this.resolved = Caffeine.newBuilder()
			.maximumSize(maximumResolved)
			.expireAfterAccess(UNUSED)
			.executor(Runnable::run)
			.build();
	}

	/**
	 * Return policies that use cached data only.
	 * @return the policies of known issuers; the application's resolver is not called
	 */
	IssuerPolicies offline() {
		return new IssuerPolicies(this.issuers, this.issuers::find, (issuer) -> of(issuer).offline(), 1);
	}

	/**
	 * Find the policy for a token. The application's resolver is called if the issuer is
	 * not known yet.
	 * @param claims the token's claims, which are not verified yet and only select the
	 * policy
	 * @return the policy, or {@code null} if the issuer is not trusted
	 * @throws UnresolvedIssuerException if the application's resolver failed
	 */
	@Nullable IssuerPolicy resolve(Map<String, Object> claims) {
		TrustedIssuer issuer = this.resolver.apply(claims);
		return (issuer != null) ? of(issuer) : null;
	}

	/**
	 * Find the policy for a token among those of known issuers.
	 * @param claims the token's claims, which are not verified yet and only select the
	 * policy
	 * @return the policy, or {@code null} if the issuer is not known
	 */
	public @Nullable IssuerPolicy find(Map<String, Object> claims) {
		TrustedIssuer issuer = this.issuers.find(claims);
		return (issuer != null) ? of(issuer) : null;
	}

	/**
	 * Return whether the issuer of a policy is still trusted with the same settings.
	 * @throws UnresolvedIssuerException if the application's resolver failed
	 */
	boolean trusts(IssuerPolicy policy) {
		return this.issuers.trusts(policy.issuer());
	}

	/** Return the policy of a trusted issuer. */
	IssuerPolicy of(TrustedIssuer issuer) {
		IssuerPolicy policy = this.configured.get(issuer.issuer());
		return (policy != null) ? policy : this.resolved.get(issuer, this.factory);
	}

}
