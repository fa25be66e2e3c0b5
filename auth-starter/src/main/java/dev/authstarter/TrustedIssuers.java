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
	}

	/**
	 * Find an issuer. The name may come from a token that nobody has verified: it only
	 * selects from this list.
	 * @param issuer the exact string, or any other value
	 * @return the issuer, or {@code null} if it is not trusted
	 */
	public @Nullable TrustedIssuer find(@Nullable Object issuer) {
		return (issuer instanceof String) ? this.issuers.get(issuer) : null;
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
