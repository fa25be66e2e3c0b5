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
 * Refuses tokens of organizations that may not call, and tokens that grant nothing.
 */
public final class GrantsCheck {

	private final AllowedOrganizations allowedOrganizations;

	private final boolean allowNoGrants;

	private final List<Glob> universalRoles;

	private final String propertyPrefix;

	/**
	 * Check by these.
	 * @param allowedOrganizations the organizations that may call
	 * @param allowNoGrants whether a token may call that grants nothing
	 * @param universalRoles roles that every token of the provider has: they grant
	 * nothing
	 * @param propertyPrefix the beginning of the names of the properties that say so, for
	 * people, with a dot at its end
	 */
	GrantsCheck(AllowedOrganizations allowedOrganizations, boolean allowNoGrants, List<Glob> universalRoles,
			String propertyPrefix) {
		this.allowedOrganizations = allowedOrganizations;
		this.allowNoGrants = allowNoGrants;
		this.universalRoles = List.copyOf(universalRoles);
		this.propertyPrefix = propertyPrefix;
	}

	/**
	 * Check what a token grants.
	 * @param token what was read of it
	 * @return why it is refused, or {@code null}
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
	 * @param token what was read of it
	 * @return what was found
	 */
	public Finding explain(AccessToken token) {
		return Finding.of("Grants", "a %s with scopes %s, roles %s, permissions %s, organizations %s".formatted(
				token.callerType().name().toLowerCase(Locale.ROOT), sorted(token.scopes()), sorted(token.roles()),
				sorted(token.permissions()), token.organizations().stream().map(GrantsCheck::shown).toList()));
	}

	/**
	 * Explain to a developer what lets tokens in that grant nothing.
	 * @return the line of the configuration
	 */
	public Finding explainNoGrants() {
		return Finding.hint("Grants", "Tokens that grant nothing need this line: %stoken.allow-no-grants: true"
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
