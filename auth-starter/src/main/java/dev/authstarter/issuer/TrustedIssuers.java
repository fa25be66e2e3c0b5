package dev.authstarter.issuer;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.authstarter.TrustedIssuer;
import org.jspecify.annotations.Nullable;

/**
 * The issuers whose access tokens this API accepts: those of the configuration, at least
 * one, and those that the application resolves at run time.
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
	 * Find the issuer that a token names among those that are known, without calling an
	 * {@link IssuerResolver}. The token may not be verified yet: its claims only select
	 * from this list.
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
	 * Find the issuer that a token names, and call the application's
	 * {@link IssuerResolver} if it is not known.
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
	 * Find the issuer of a verified token by its name alone, also if it is configured as
	 * a template.
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
	 * Return whether an issuer that was found before is still trusted with the same
	 * settings.
	 * @param issuer the issuer
	 * @return whether it is trusted
	 * @throws UnresolvedIssuerException if an {@link IssuerResolver} failed
	 */
	public boolean trusts(TrustedIssuer issuer) {
		return isConfigured(issuer) || (this.resolved != null && issuer.equals(this.resolved.resolve(issuer.issuer())));
	}

	/**
	 * Return whether an issuer is configured.
	 * @param issuer the issuer
	 * @return {@code false} for an issuer that was resolved at run time
	 */
	public boolean isConfigured(TrustedIssuer issuer) {
		return issuer.equals(this.issuers.get(issuer.issuer()));
	}

	/**
	 * Return whether the application can resolve issuers at run time.
	 * @return whether there is an {@link IssuerResolver}
	 */
	public boolean mayGrow() {
		return this.resolved != null;
	}

	/**
	 * Return the configured issuer whose settings an issuer has.
	 * @param issuer an issuer that is configured or was resolved at run time
	 * @return the identifier in the configuration
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
	 * Return whether there is or may be more than one issuer.
	 * @return {@code true} if tokens of different issuers may be accepted
	 */
	public boolean areSeveral() {
		return this.issuers.size() > 1 || mayGrow();
	}

	private @Nullable TrustedIssuer findConfigured(Map<String, Object> claims) {
		String name = name(claims);
		TrustedIssuer exact = (name != null) ? this.issuers.get(name) : null;
		return (exact != null) ? exact : findTemplate(name, claims.get("tid"));
	}

	/** Return the issuer that a token names, which must not be a template. */
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
