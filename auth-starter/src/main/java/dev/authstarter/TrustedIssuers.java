package dev.authstarter;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The issuers whose access tokens this API accepts; at least one.
 */
public final class TrustedIssuers implements Iterable<TrustedIssuer> {

	private final Map<String, TrustedIssuer> issuers = new LinkedHashMap<>();

	private final List<TrustedIssuer> templates;

	/**
	 * Trust these.
	 * @param issuers the issuers, in the order of the configuration
	 * @throws IllegalArgumentException if there is none or two are the same
	 */
	public TrustedIssuers(List<TrustedIssuer> issuers) {
		for (TrustedIssuer issuer : issuers) {
			if (this.issuers.putIfAbsent(issuer.issuer(), issuer) != null) {
				throw new IllegalArgumentException("issuer '%s' is configured twice".formatted(issuer.issuer()));
			}
		}
		if (this.issuers.isEmpty()) {
			throw new IllegalArgumentException("issuers cannot be empty");
		}
		this.templates = issuers.stream().filter((issuer) -> TrustedIssuer.isTemplate(issuer.issuer())).toList();
	}

	/**
	 * Find the issuer that a token names. Nobody may have verified the token yet: what it
	 * says only selects from this list.
	 * @param claims the token's claims
	 * @return the issuer, or {@code null} if it is not trusted
	 */
	public @Nullable TrustedIssuer find(Map<String, Object> claims) {
		Object issuer = claims.get("iss");
		TrustedIssuer exact = (issuer instanceof String text && !TrustedIssuer.isTemplate(text))
				? this.issuers.get(text) : null;
		return (exact != null) ? exact : findTemplate(issuer, claims.get("tid"));
	}

	private @Nullable TrustedIssuer findTemplate(@Nullable Object issuer, @Nullable Object tid) {
		if (issuer instanceof String text && tid instanceof String organization) {
			for (TrustedIssuer template : this.templates) {
				if (template.isFor(text, organization)) {
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

	@Override
	public Iterator<TrustedIssuer> iterator() {
		return List.copyOf(this.issuers.values()).iterator();
	}

}
