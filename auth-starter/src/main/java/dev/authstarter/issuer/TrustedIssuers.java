package dev.authstarter.issuer;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.authstarter.TrustedIssuer;
import org.jspecify.annotations.Nullable;

/**
 * The issuers whose access tokens this API accepts: those of the configuration, at least
 * one, and those that the application names at run time.
 */
public final class TrustedIssuers implements Iterable<TrustedIssuer> {

	private final Map<String, TrustedIssuer> issuers = new LinkedHashMap<>();

	private final List<TrustedIssuer> templates;

	private final @Nullable ResolvedIssuers resolved;

	/**
	 * Create the list of configured issuers.
	 * @param issuers the issuers, in the order of the configuration
	 * @throws IllegalArgumentException if there is none or two are the same
	 */
	public TrustedIssuers(List<TrustedIssuer> issuers) {
		this(issuers, null);
	}

	TrustedIssuers(List<TrustedIssuer> issuers, @Nullable ResolvedIssuers resolved) {
		for (TrustedIssuer issuer : issuers) {
			if (this.issuers.putIfAbsent(issuer.issuer(), issuer) != null) {
				throw new IllegalArgumentException("issuer '%s' is configured twice".formatted(issuer.issuer()));
			}
		}
		if (this.issuers.isEmpty()) {
			throw new IllegalArgumentException("issuers cannot be empty");
		}
		this.templates = issuers.stream().filter((issuer) -> TrustedIssuer.isTemplate(issuer.issuer())).toList();
		this.resolved = resolved;
	}

	/**
	 * Find the issuer that a token names among those that are known, without asking an
	 * {@link IssuerResolver}. Nobody may have verified the token yet: what it says only
	 * selects from this list.
	 * @param claims the token's claims
	 * @return the issuer, or {@code null} if it is not known
	 */
	public @Nullable TrustedIssuer find(Map<String, Object> claims) {
		TrustedIssuer configured = findConfigured(claims);
		if (configured != null || this.resolved == null) {
			return configured;
		}
		String name = name(claims);
		return (name != null) ? this.resolved.known(name) : null;
	}

	/**
	 * Find the issuer that a token names, and ask the application where it is none of
	 * those that are known.
	 * @param claims the token's claims
	 * @return the issuer, or {@code null} if it is not trusted
	 * @throws UnresolvedIssuerException if an {@link IssuerResolver} failed
	 */
	public @Nullable TrustedIssuer resolve(Map<String, Object> claims) {
		TrustedIssuer configured = findConfigured(claims);
		if (configured != null || this.resolved == null) {
			return configured;
		}
		String name = name(claims);
		return (name != null) ? this.resolved.resolve(name) : null;
	}

	/**
	 * Find the issuer of a token that was verified: its name is enough, also where a
	 * template stands for it.
	 * @param issuer the {@code iss} of the token
	 * @return the issuer, or {@code null} if it is not trusted (any longer)
	 * @throws UnresolvedIssuerException if an {@link IssuerResolver} failed
	 */
	public @Nullable TrustedIssuer ofVerified(String issuer) {
		for (TrustedIssuer template : this.templates) {
			if (template.isForOneLike(issuer)) {
				return template;
			}
		}
		return resolve(Map.of("iss", issuer));
	}

	/**
	 * Tell whether an issuer that was found before is still trusted, and as it was.
	 * @param issuer the issuer
	 * @return whether it is
	 * @throws UnresolvedIssuerException if an {@link IssuerResolver} failed
	 */
	public boolean trusts(TrustedIssuer issuer) {
		return isConfigured(issuer) || (this.resolved != null && issuer.equals(this.resolved.resolve(issuer.issuer())));
	}

	/**
	 * Tell whether an issuer is one of the configuration.
	 * @param issuer the issuer
	 * @return whether it is, not one that the application named at run time
	 */
	public boolean isConfigured(TrustedIssuer issuer) {
		return issuer.equals(this.issuers.get(issuer.issuer()));
	}

	/**
	 * Tell whether the application may name more issuers at run time.
	 * @return whether there is an {@link IssuerResolver}
	 */
	public boolean mayGrow() {
		return this.resolved != null;
	}

	/**
	 * Return the issuer in the configuration whose settings are those of an issuer.
	 * @param issuer an issuer, configured itself or named at run time
	 * @return as the configuration writes it
	 */
	public String configuredLike(TrustedIssuer issuer) {
		return this.issuers.values()
			.stream()
			.filter((configured) -> configured.name().equals(issuer.name()))
			.map(TrustedIssuer::issuer)
			.findFirst()
			.orElse(issuer.issuer());
	}

	/**
	 * Tell whether there is or may be more than one issuer.
	 * @return whether a token of one could claim what is another's
	 */
	public boolean areSeveral() {
		return this.issuers.size() > 1 || mayGrow();
	}

	private @Nullable TrustedIssuer findConfigured(Map<String, Object> claims) {
		String name = name(claims);
		TrustedIssuer exact = (name != null) ? this.issuers.get(name) : null;
		return (exact != null) ? exact : findTemplate(name, claims.get("tid"));
	}

	/** A token's issuer is no template. */
	private static @Nullable String name(Map<String, Object> claims) {
		return (claims.get("iss") instanceof String text && !TrustedIssuer.isTemplate(text)) ? text : null;
	}

	private @Nullable TrustedIssuer findTemplate(@Nullable String name, @Nullable Object tid) {
		if (name != null && tid instanceof String organization) {
			for (TrustedIssuer template : this.templates) {
				if (template.isFor(name, organization)) {
					return template;
				}
			}
		}
		return null;
	}

	/**
	 * Return the issuer that the configuration names first.
	 * @return the first
	 */
	public TrustedIssuer first() {
		return iterator().next();
	}

	/**
	 * Iterate over the issuers of the configuration.
	 */
	@Override
	public Iterator<TrustedIssuer> iterator() {
		return List.copyOf(this.issuers.values()).iterator();
	}

}
