package dev.authstarter.sample.issuer;

import java.util.List;

/**
 * A membership of a user or machine in a clinic.
 *
 * @param organizationId the clinic
 * @param organizationName the clinic's display name
 * @param roles the member's roles in this clinic only
 * @param permissions the permissions of these roles in this clinic
 */
record Membership(String organizationId, String organizationName, List<String> roles, List<String> permissions) {

	Membership {
		roles = List.copyOf(roles);
		permissions = List.copyOf(permissions);
	}

	static Membership inAcme(String... roles) {
		return in("org_acme", "Acme Clinic", roles);
	}

	static Membership inGlobex(String... roles) {
		return in("org_globex", "Globex Clinic", roles);
	}

	private static Membership in(String organizationId, String organizationName, String... roles) {
		return new Membership(organizationId, organizationName, List.of(roles),
				List.of(roles).stream().flatMap((role) -> permissions(role).stream()).distinct().toList());
	}

	private static List<String> permissions(String role) {
		return role.equals("editor") ? List.of("appointments:view", "appointments:cancel")
				: List.of("appointments:view");
	}

}
