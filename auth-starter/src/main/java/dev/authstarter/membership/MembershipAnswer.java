package dev.authstarter.membership;

import java.util.List;

import dev.authstarter.Organization;

/**
 * The result of a look-up in the application's store for one caller.
 *
 * @param available whether the store returned a result
 * @param organizations the caller's organizations, each once
 */
public record MembershipAnswer(boolean available, List<Organization> organizations) {

	static final MembershipAnswer UNAVAILABLE = new MembershipAnswer(false, List.of());

	static MembershipAnswer of(List<Organization> organizations) {
		return new MembershipAnswer(true, organizations);
	}

}
