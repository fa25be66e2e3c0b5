package dev.authstarter;

import java.io.Serializable;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * An organization that a token names, with what the caller may do there.
 * <p>
 * As a controller argument it is the organization this request acts in.
 *
 * @param id the durable identifier, for example {@code org_9ybsU1dN2dKfDkBi}; compared
 * exactly
 * @param name a name for people, which may change hands; never decide by it
 * @param roles the roles that the caller holds in this organization alone
 * @param permissions the permissions that the caller holds in this organization alone
 */
public record Organization(String id, @Nullable String name, Set<String> roles,
		Set<String> permissions) implements Serializable {

	/**
	 * Copy the sets.
	 */
	public Organization {
		roles = Set.copyOf(roles);
		permissions = Set.copyOf(permissions);
	}

	/**
	 * An organization in which the caller holds nothing of its own.
	 * @param id the durable identifier
	 * @return the organization
	 */
	public static Organization of(String id) {
		return new Organization(id, null, Set.of(), Set.of());
	}

	/**
	 * Say nothing of the claims: texts like this one end up in logs.
	 */
	@Override
	public String toString() {
		return "Organization[]";
	}

}
