package dev.authstarter.issuer;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * An issuer that an {@link IssuerResolver} resolves. It shares the provider, claims,
 * types of tokens, algorithms and certificates of a configured issuer. It does not share
 * the location of the keys, the token file to fetch them with, and the organizations.
 *
 * @param like the name of the configured issuer, as in
 * {@code auth-starter.issuers.<name>}; {@code default} for a single issuer
 * @param audiences the audiences of this API at the issuer; empty for those of the
 * configured issuer
 * @param jwksUri the location of its keys, or {@code null} to take it from the issuer's
 * metadata
 * @param allowedOrganizations the only organizations that its tokens may name:
 * identifiers, prefixes that end with {@code *}, or {@code *} alone for all
 */
public record ResolvedIssuer(String like, Set<String> audiences, @Nullable URI jwksUri,
		List<String> allowedOrganizations) {

	public ResolvedIssuer {
		audiences = Set.copyOf(audiences);
		allowedOrganizations = List.copyOf(allowedOrganizations);
	}

	/**
	 * Create an issuer with the settings of a configured one.
	 * @param name the name of the configured issuer, {@code default} for a single issuer
	 * @return the issuer; its tokens may not name any organization
	 */
	public static ResolvedIssuer like(String name) {
		return new ResolvedIssuer(name, Set.of(), null, List.of());
	}

	/**
	 * Set the audiences of this API at the issuer.
	 * @param audiences the audiences, at least one
	 * @return a copy with these audiences
	 */
	public ResolvedIssuer withAudiences(String... audiences) {
		return new ResolvedIssuer(this.like, new LinkedHashSet<>(List.of(audiences)), this.jwksUri,
				this.allowedOrganizations);
	}

	/**
	 * Set the location of the keys.
	 * @param jwksUri an address with https, or with {@code file:} or {@code classpath:}
	 * @return a copy with this location
	 */
	public ResolvedIssuer withJwksUri(URI jwksUri) {
		return new ResolvedIssuer(this.like, this.audiences, jwksUri, this.allowedOrganizations);
	}

	/**
	 * Set the only organizations that tokens of the issuer may name.
	 * @param organizations identifiers, prefixes that end with {@code *}, or {@code *}
	 * alone for all
	 * @return a copy with these organizations
	 */
	public ResolvedIssuer withAllowedOrganizations(String... organizations) {
		return new ResolvedIssuer(this.like, this.audiences, this.jwksUri, List.of(organizations));
	}

	/**
	 * Return a text without addresses, since they may contain secrets.
	 */
	@Override
	public String toString() {
		return "ResolvedIssuer[like=" + this.like + "]";
	}

}
