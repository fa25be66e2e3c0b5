package dev.authstarter.membership;

import java.util.List;

import dev.authstarter.Organization;

/**
 * What the application's store says of a caller.
 *
 * @param available whether it has said anything
 * @param organizations the caller's organizations, each once
 */
public record MembershipAnswer(boolean available, List<Organization> organizations) {

	static final MembershipAnswer UNAVAILABLE = new MembershipAnswer(false, List.of());

	static MembershipAnswer of(List<Organization> organizations) {
		return new MembershipAnswer(true, organizations);
	}

}
