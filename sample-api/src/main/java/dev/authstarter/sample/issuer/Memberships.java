package dev.authstarter.sample.issuer;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Who belongs to which clinics: users by their name, machines by their client id.
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
	 * Where somebody belongs.
	 * @param member the name of a user, or a client id
	 * @return the memberships, none for a member of no clinic and for a stranger
	 */
	List<Membership> of(String member) {
		return this.byMember.getOrDefault(member, List.of());
	}

	/**
	 * Tell members of no clinic from strangers.
	 * @param member the name of a user, or a client id
	 * @return whether we know that they belong nowhere
	 */
	boolean isMemberOfNone(String member) {
		return List.of().equals(this.byMember.get(member));
	}

}
