package dev.authstarter.example;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.authstarter.Organization;

/**
 * The database of the clinics' application.
 */
class Clinics {

	private final Map<String, List<Organization>> memberships = new ConcurrentHashMap<>();

	private final Set<String> exhausted = ConcurrentHashMap.newKeySet();

	boolean hasPaid(String organizationId) {
		return !organizationId.equals("org_unpaid");
	}

	boolean hasRealm(String clinic) {
		return clinic.equals("acme");
	}

	boolean isQuotaExceeded(String subject) {
		return this.exhausted.contains(subject);
	}

	void exhaust(String subject) {
		this.exhausted.add(subject);
	}

	Collection<Organization> membershipsOf(String issuer, String subject) {
		return this.memberships.getOrDefault(subject, List.of());
	}

	void admit(String subject, Organization organization) {
		this.memberships.put(subject, List.of(organization));
	}

}
