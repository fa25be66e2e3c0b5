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
 * 8693 section 4.1), or {@code null} when the subject acts itself; {@link #actors()} has
 * all of them
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

	/**
	 * Return who acts for the subject, and who did before. Only the first may decide
	 * anything; the others are for information (RFC 8693 section 4.1).
	 * @return the actors, the current one first; empty when the subject acts itself
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
	 * Return what exactly the token authorizes (RFC 9396 section 9.1). What is no object
	 * with a type is left out, since it authorizes nothing.
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
	 * @param scopes all scopes that it shall grant
	 * @return a token that differs in these
	 */
	public AccessToken withScopes(Collection<String> scopes) {
		return new AccessToken(this.issuer, this.subject, this.clientId, this.callerType, Set.copyOf(scopes),
				this.roles, this.permissions, this.organizations, this.actor, this.expiresAt, this.claims);
	}

	/**
	 * Return this token with other roles that hold in every organization it names.
	 * @param roles all roles that it shall grant everywhere
	 * @return a token that differs in these
	 */
	public AccessToken withRoles(Collection<String> roles) {
		return new AccessToken(this.issuer, this.subject, this.clientId, this.callerType, this.scopes,
				Set.copyOf(roles), this.permissions, this.organizations, this.actor, this.expiresAt, this.claims);
	}

	/**
	 * Return this token with other permissions that hold in every organization it names.
	 * @param permissions all permissions that it shall grant everywhere
	 * @return a token that differs in these
	 */
	public AccessToken withPermissions(Collection<String> permissions) {
		return new AccessToken(this.issuer, this.subject, this.clientId, this.callerType, this.scopes, this.roles,
				Set.copyOf(permissions), this.organizations, this.actor, this.expiresAt, this.claims);
	}

	/**
	 * Return this token with other organizations. Those that the configuration does not
	 * allow for its issuer are left out of what an {@code AccessTokenCustomizer} returns.
	 * @param organizations all organizations that it shall name
	 * @return a token that differs in these
	 */
	public AccessToken withOrganizations(List<Organization> organizations) {
		return new AccessToken(this.issuer, this.subject, this.clientId, this.callerType, this.scopes, this.roles,
				this.permissions, organizations, this.actor, this.expiresAt, this.claims);
	}

	/**
	 * Return this token with another claim.
	 * @param name the name of the claim
	 * @param value its value as JSON has it: a string, number, boolean, list or map
	 * @return a token that differs in this claim alone; what was read of the claims stays
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
	 * Say nothing of the claims: texts like this one end up in logs.
	 */
	@Override
	public String toString() {
		return "AccessToken[caller=" + this.callerType + "]";
	}

}
