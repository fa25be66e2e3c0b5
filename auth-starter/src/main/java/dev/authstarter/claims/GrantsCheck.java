package dev.authstarter.claims;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import dev.authstarter.AccessToken;
import dev.authstarter.Organization;
import dev.authstarter.Reason;
import dev.authstarter.selector.Glob;
import dev.authstarter.token.check.Finding;
import org.jspecify.annotations.Nullable;

/**
 * Refuses tokens without an allowed organization and tokens without grants.
 */
public final class GrantsCheck {

	private final AllowedOrganizations allowedOrganizations;

	private final boolean allowNoGrants;

	private final List<Glob> universalRoles;

	private final String propertyPrefix;

	/**
	 * Create the check.
	 * @param allowedOrganizations the organizations that may call
	 * @param allowNoGrants whether tokens without grants are accepted
	 * @param universalRoles roles that every token of the provider has; they do not count
	 * as grants
	 * @param propertyPrefix the prefix of the properties with a trailing dot, for
	 * explanations
	 */
	GrantsCheck(AllowedOrganizations allowedOrganizations, boolean allowNoGrants, List<Glob> universalRoles,
			String propertyPrefix) {
		this.allowedOrganizations = allowedOrganizations;
		this.allowNoGrants = allowNoGrants;
		this.universalRoles = List.copyOf(universalRoles);
		this.propertyPrefix = propertyPrefix;
	}

	/**
	 * Check the grants of a token.
	 * @param token the token
	 * @return the reason of the refusal, or {@code null} if the token is accepted
	 */
	public @Nullable Reason refuse(AccessToken token) {
		if (!this.allowedOrganizations.isAll() && token.organizations().isEmpty()) {
			return Reason.ORGANIZATION_NOT_ALLOWED;
		}
		return (this.allowNoGrants || grantsAnything(token)) ? null : Reason.NO_GRANTS;
	}

	private boolean grantsAnything(AccessToken token) {
		if (!token.scopes().isEmpty() || !token.permissions().isEmpty() || grantsAnything(token.roles())) {
			return true;
		}
		for (Organization organization : token.organizations()) {
			if (!organization.permissions().isEmpty() || grantsAnything(organization.roles())) {
				return true;
			}
		}
		return false;
	}

	private boolean grantsAnything(Set<String> roles) {
		if (this.universalRoles.isEmpty()) {
			return !roles.isEmpty();
		}
		return roles.stream()
			.anyMatch((role) -> this.universalRoles.stream().noneMatch((universal) -> universal.matches(role, null)));
	}

	/**
	 * Explain the check to a developer whose token was refused, by this check or another.
	 * @param token the token
	 * @return its caller type and grants
	 */
	public Finding explain(AccessToken token) {
		return Finding.of("Grants", "a %s with scopes %s, roles %s, permissions %s, organizations %s".formatted(
				token.callerType().name().toLowerCase(Locale.ROOT), sorted(token.scopes()), sorted(token.roles()),
				sorted(token.permissions()), token.organizations().stream().map(GrantsCheck::shown).toList()));
	}

	/**
	 * Explain to a developer how to accept tokens without grants.
	 * @return the line of the configuration
	 */
	public Finding explainNoGrants() {
		return Finding.hint("Grants", "To accept tokens without a grant, add this line: %stoken.allow-no-grants: true"
			.formatted(this.propertyPrefix));
	}

	private static String shown(Organization organization) {
		return "'%s' with roles %s and permissions %s".formatted(organization.id(), sorted(organization.roles()),
				sorted(organization.permissions()));
	}

	private static List<String> sorted(Collection<String> values) {
		return values.stream().sorted().toList();
	}

}
