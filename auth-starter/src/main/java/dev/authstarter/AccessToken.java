package dev.authstarter;

import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The content of a verified access token: the caller's identity, grants and
 * organizations, read from the claims of any provider.
 * <p>
 * A caller's identity is the pair of issuer and subject (RFC 9068 section 2.2), never an
 * e-mail address or a name. Immutable. Serializable if the claim values are, as those of
 * a JSON document are.
 *
 * @param issuer the issuer, exactly as the token spells it
 * @param subject the subject; for a token without one, the client id. Never empty.
 * @param clientId the id of the client that the token was issued to, or {@code null} if
 * the token has none
 * @param callerType whether the caller is a user or a machine (client credentials). Use
 * it to restrict access, never to grant it.
 * @param scopes the scopes that were granted to the client, empty if there are none
 * @param roles the roles that hold in every organization the token names
 * @param permissions the permissions that hold in every organization the token names
 * @param organizations the organizations the token names, each with its own roles and
 * permissions
 * @param actor the {@code sub} of the current actor in the claim {@code act} (RFC 8693
 * section 4.1), or {@code null} if there is none; {@link #actors()} returns all actors
 * @param expiresAt the time at which the token expires ({@code exp})
 * @param claims all claims, unchanged: strings, numbers, booleans, lists and maps
 */
public record AccessToken(String issuer, String subject, @Nullable String clientId, CallerType callerType,
		Set<String> scopes, Set<String> roles, Set<String> permissions, List<Organization> organizations,
		@Nullable String actor, Instant expiresAt, Map<String, Object> claims) implements Serializable {

	/**
	 * Validate the subject and copy the collections.
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
	 * Return the roles that apply in an organization: those that hold in every
	 * organization and those of this one.
	 * @param organization one of this token's organizations, or {@code null} for none
	 * @return the roles, in no particular order
	 */
	public Set<String> rolesIn(@Nullable Organization organization) {
		return (organization != null) ? union(this.roles, organization.roles()) : this.roles;
	}

	/**
	 * Return the permissions that apply in an organization: those that hold in every
	 * organization and those of this one.
	 * @param organization one of this token's organizations, or {@code null} for none
	 * @return the permissions, in no particular order
	 */
	public Set<String> permissionsIn(@Nullable Organization organization) {
		return (organization != null) ? union(this.permissions, organization.permissions()) : this.permissions;
	}

	/**
	 * Return the current actor and the prior actors of the token. Only the current actor
	 * may be used in access decisions; prior actors are informational (RFC 8693 section
	 * 4.1).
	 * @return the actors, the current one first; empty if there is no claim {@code act}
	 */
	public List<Actor> actors() {
		List<Actor> actors = new ArrayList<>();
		Object act = this.claims.get("act");
		while (act instanceof Map<?, ?> members) {
			Map<String, Object> claims = members(members);
			act = claims.remove("act");
			actors.add(new Actor(text(claims.get("sub")), text(claims.get("iss")), claims));
		}
		return Collections.unmodifiableList(actors);
	}

	/**
	 * Return the authorization details of the token (RFC 9396 section 9.1). Elements that
	 * are not objects with a {@code type} are skipped.
	 * @return the {@code authorization_details}, empty if it has none
	 */
	public List<AuthorizationDetail> authorizationDetails() {
		List<AuthorizationDetail> details = new ArrayList<>();
		if (this.claims.get("authorization_details") instanceof List<?> list) {
			for (Object element : list) {
				if (element instanceof Map<?, ?> members && members.get("type") instanceof String type) {
					details.add(new AuthorizationDetail(type, members(members)));
				}
			}
		}
		return Collections.unmodifiableList(details);
	}

	private static Map<String, Object> members(Map<?, ?> object) {
		Map<String, Object> members = new LinkedHashMap<>();
		object.forEach((name, value) -> members.put(String.valueOf(name), value));
		return members;
	}

	private static @Nullable String text(@Nullable Object value) {
		return (value instanceof String text && !text.isEmpty()) ? text : null;
	}

	/**
	 * Return this token with other scopes.
	 * @param scopes all scopes of the copy
	 * @return a copy with this change
	 */
	public AccessToken withScopes(Collection<String> scopes) {
		return new AccessToken(this.issuer, this.subject, this.clientId, this.callerType, Set.copyOf(scopes),
				this.roles, this.permissions, this.organizations, this.actor, this.expiresAt, this.claims);
	}

	/**
	 * Return this token with other roles that hold in every organization it names.
	 * @param roles all such roles of the copy
	 * @return a copy with this change
	 */
	public AccessToken withRoles(Collection<String> roles) {
		return new AccessToken(this.issuer, this.subject, this.clientId, this.callerType, this.scopes,
				Set.copyOf(roles), this.permissions, this.organizations, this.actor, this.expiresAt, this.claims);
	}

	/**
	 * Return this token with other permissions that hold in every organization it names.
	 * @param permissions all such permissions of the copy
	 * @return a copy with this change
	 */
	public AccessToken withPermissions(Collection<String> permissions) {
		return new AccessToken(this.issuer, this.subject, this.clientId, this.callerType, this.scopes, this.roles,
				Set.copyOf(permissions), this.organizations, this.actor, this.expiresAt, this.claims);
	}

	/**
	 * Return this token with other organizations. Organizations that the configuration
	 * does not allow for the token's issuer are removed from the result of an
	 * {@code AccessTokenCustomizer}.
	 * @param organizations all organizations of the copy
	 * @return a copy with this change
	 */
	public AccessToken withOrganizations(List<Organization> organizations) {
		return new AccessToken(this.issuer, this.subject, this.clientId, this.callerType, this.scopes, this.roles,
				this.permissions, organizations, this.actor, this.expiresAt, this.claims);
	}

	/**
	 * Return this token with another claim.
	 * @param name the name of the claim
	 * @param value its value: a string, number, boolean, list or map
	 * @return a copy with this claim; what was already read from the claims, for example
	 * scopes, does not change
	 */
	public AccessToken withClaim(String name, Object value) {
		Map<String, Object> claims = new LinkedHashMap<>(this.claims);
		claims.put(name, value);
		return new AccessToken(this.issuer, this.subject, this.clientId, this.callerType, this.scopes, this.roles,
				this.permissions, this.organizations, this.actor, this.expiresAt, claims);
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
	 * Return a text without claims, since such texts end up in logs.
	 */
	@Override
	public String toString() {
		return "AccessToken[caller=" + this.callerType + "]";
	}

}
