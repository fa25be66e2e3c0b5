package dev.authstarter.sample.issuer;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The memberships in clinics: of users by their name, of machines by their client id.
 */
final class Memberships {

	private final Map<String, List<Membership>> byMember;

	Memberships(Map<String, List<Membership>> byMember) {
		this.byMember = Map.copyOf(byMember);
	}

	/**
	 * Find a membership.
	 * @param member the name of a user, or a client id
	 * @param organizationId the clinic, or {@code null} for the member's first
	 * @return the membership, or {@code null} if there is none
	 */
	@Nullable Membership find(String member, @Nullable String organizationId) {
		for (Membership membership : of(member)) {
			if (organizationId == null || membership.organizationId().equals(organizationId)) {
				return membership;
			}
		}
		return null;
	}

	/**
	 * Return the memberships of a user or machine.
	 * @param member the name of a user, or a client id
	 * @return the memberships, empty for a member of no clinic and for an unknown name
	 */
	List<Membership> of(String member) {
		return this.byMember.getOrDefault(member, List.of());
	}

	/**
	 * Return whether a user or machine is known and a member of no clinic.
	 * @param member the name of a user, or a client id
	 * @return whether its list of memberships is empty; {@code false} for an unknown name
	 */
	boolean isMemberOfNone(String member) {
		return List.of().equals(this.byMember.get(member));
	}

}
