package dev.authstarter;

import java.io.Serializable;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * An organization (tenant) that a token names, with the caller's roles and permissions in
 * it.
 * <p>
 * As a controller argument it is the organization this request acts in.
 *
 * @param id the durable identifier, for example {@code org_9ybsU1dN2dKfDkBi}; compared
 * exactly
 * @param name a display name, or {@code null} if there is none. A name can be given to
 * another organization: never use it in access decisions
 * @param roles the roles that the caller holds in this organization alone
 * @param permissions the permissions that the caller holds in this organization alone
 */
public record Organization(String id, @Nullable String name, Set<String> roles,
		Set<String> permissions) implements Serializable {

	public Organization {
		roles = Set.copyOf(roles);
		permissions = Set.copyOf(permissions);
	}

	/**
	 * Create an organization without a name, roles and permissions.
	 * @param id the durable identifier
	 * @return the organization
	 */
	public static Organization of(String id) {
		return new Organization(id, null, Set.of(), Set.of());
	}

	/**
	 * Return a text without claims, since such texts end up in logs.
	 */
	@Override
	public String toString() {
		return "Organization[]";
	}

}
