package dev.authstarter.issuer;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What an {@link IssuerResolver} says of an issuer: like which issuer of the
 * configuration it is, and what is its own. Provider, claims, kinds of tokens, algorithms
 * and certificates are those of the issuer that it is like. What belongs to that one
 * alone is not: the place of its keys, a token file to fetch them with, and its
 * organizations.
 *
 * @param like the name of the configured issuer, as in
 * {@code auth-starter.issuers.<name>}; {@code default} for the only one
 * @param audiences the audiences of this API at the issuer; empty for those of the issuer
 * that it is like
 * @param jwksUri where its keys are, or {@code null} if its metadata says so
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
	 * Trust an issuer like one of the configuration.
	 * @param name the name of that one, {@code default} for the only one
	 * @return the issuer, whose tokens may name no organization yet
	 */
	public static ResolvedIssuer like(String name) {
		return new ResolvedIssuer(name, Set.of(), null, List.of());
	}

	/**
	 * Name the audiences of this API at the issuer.
	 * @param audiences the audiences, at least one
	 * @return the issuer with these
	 */
	public ResolvedIssuer withAudiences(String... audiences) {
		return new ResolvedIssuer(this.like, new LinkedHashSet<>(List.of(audiences)), this.jwksUri,
				this.allowedOrganizations);
	}

	/**
	 * Say where the keys are.
	 * @param jwksUri an address with https, or with {@code file:} or {@code classpath:}
	 * @return the issuer with its keys there
	 */
	public ResolvedIssuer withJwksUri(URI jwksUri) {
		return new ResolvedIssuer(this.like, this.audiences, jwksUri, this.allowedOrganizations);
	}

	/**
	 * Name the only organizations that tokens of the issuer may name.
	 * @param organizations identifiers, prefixes that end with {@code *}, or {@code *}
	 * alone for all
	 * @return the issuer with these
	 */
	public ResolvedIssuer withAllowedOrganizations(String... organizations) {
		return new ResolvedIssuer(this.like, this.audiences, this.jwksUri, List.of(organizations));
	}

	/**
	 * Show nothing but what it is like: an address may hold a secret.
	 */
	@Override
	public String toString() {
		return "ResolvedIssuer[like=" + this.like + "]";
	}

}
