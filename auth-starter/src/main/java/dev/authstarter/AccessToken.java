package dev.authstarter;

import java.io.Serializable;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What a verified access token says, in the words of this library.
 * <p>
 * A caller's identity is the pair of issuer and subject (RFC 9068 section 2.2), never an
 * e-mail address or a name. Immutable, and serializable as far as its claims are: those
 * of a JSON document are.
 *
 * @param issuer the issuer, exactly as the token spells it
 * @param subject the subject; for a token without one, the client id. Never empty.
 * @param clientId the client that the token was issued to, where the token says so
 * @param callerType whether a person or a machine calls. A hint that may restrict and
 * must never grant.
 * @param scopes what the client was granted
 * @param roles the roles that hold in every organization the token names
 * @param permissions the permissions that hold in every organization the token names
 * @param organizations the organizations the token names, each with its own roles and
 * permissions
 * @param actor who acts for the subject, the {@code sub} of the claim {@code act} (RFC
 * 8693 section 4.1), or {@code null} when the subject acts itself
 * @param expiresAt when the token's time is over
 * @param claims all claims as the issuer wrote them: strings, numbers, booleans, lists
 * and maps
 */
public record AccessToken(String issuer, String subject, @Nullable String clientId, CallerType callerType,
		Set<String> scopes, Set<String> roles, Set<String> permissions, List<Organization> organizations,
		@Nullable String actor, Instant expiresAt, Map<String, Object> claims) implements Serializable {

	/**
	 * Copy the collections.
	 * @throws IllegalArgumentException if the subject is empty
	 */
	public AccessToken {
		if (subject.isEmpty()) {
			throw new IllegalArgumentException("subject cannot be empty");
		}
		scopes = Set.copyOf(scopes);
		roles = Set.copyOf(roles);
		permissions = Set.copyOf(permissions);
		organizations = List.copyOf(organizations);
		claims = Collections.unmodifiableMap(claims);
	}

	/**
	 * Find an organization that the token names.
	 * @param id the identifier, compared exactly
	 * @return the organization, or {@code null} if the token does not name it
	 */
	public @Nullable Organization organization(String id) {
		for (Organization organization : this.organizations) {
			if (organization.id().equals(id)) {
				return organization;
			}
		}
		return null;
	}

	/**
	 * Return the roles that count while acting in an organization: those that hold
	 * everywhere and those of this organization.
	 * @param organization one of this token's organizations, or {@code null} for none
	 * @return the roles, in no order
	 */
	public Set<String> rolesIn(@Nullable Organization organization) {
		return (organization != null) ? union(this.roles, organization.roles()) : this.roles;
	}

	/**
	 * Return the permissions that count while acting in an organization: those that hold
	 * everywhere and those of this organization.
	 * @param organization one of this token's organizations, or {@code null} for none
	 * @return the permissions, in no order
	 */
	public Set<String> permissionsIn(@Nullable Organization organization) {
		return (organization != null) ? union(this.permissions, organization.permissions()) : this.permissions;
	}

	private static Set<String> union(Set<String> everywhere, Set<String> here) {
		if (here.isEmpty()) {
			return everywhere;
		}
		Set<String> union = new HashSet<>(everywhere);
		union.addAll(here);
		return Collections.unmodifiableSet(union);
	}

	/**
	 * Say nothing of the claims: texts like this one end up in logs.
	 */
	@Override
	public String toString() {
		return "AccessToken[caller=" + this.callerType + "]";
	}

}
