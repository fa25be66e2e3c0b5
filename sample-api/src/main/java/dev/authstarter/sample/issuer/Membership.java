package dev.authstarter.sample.issuer;

import java.util.List;

/**
 * Somebody belongs to a clinic.
 *
 * @param organizationId the clinic
 * @param organizationName the clinic's name, for people
 * @param roles what they are in this clinic, and in no other
 */
record Membership(String organizationId, String organizationName, List<String> roles) {

	Membership {
		roles = List.copyOf(roles);
	}

	static Membership inAcme(String... roles) {
		return new Membership("org_acme", "Acme Clinic", List.of(roles));
	}

	static Membership inGlobex(String... roles) {
		return new Membership("org_globex", "Globex Clinic", List.of(roles));
	}

}
