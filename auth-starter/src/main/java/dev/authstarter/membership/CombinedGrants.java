package dev.authstarter.membership;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.authstarter.AccessToken;
import dev.authstarter.Organization;
import dev.authstarter.configuration.MembershipCombination;

/**
 * Combines the organizations of a token with those of the application's store.
 */
final class CombinedGrants {

	private CombinedGrants() {
	}

	/**
	 * Combine both.
	 * @param token the caller's token
	 * @param stored the organizations of the store, each once
	 * @param combination how both are combined
	 * @return the organizations in which the caller may act, each with the roles and
	 * permissions in it
	 */
	static List<Organization> of(AccessToken token, List<Organization> stored, MembershipCombination combination) {
		List<Organization> named = token.organizations()
			.stream()
			.map((organization) -> new Organization(organization.id(), organization.name(), token.rolesIn(organization),
					token.permissionsIn(organization)))
			.toList();
		return switch (combination) {
			case REPLACE -> stored;
			case ADD -> {
				List<Organization> both = new ArrayList<>(named);
				both.addAll(stored);
				yield addUp(both);
			}
			case INTERSECT -> intersect(addUp(named), stored);
		};
	}

	/** Merge entries with the same id: their roles and permissions are added up. */
	static List<Organization> addUp(Collection<Organization> entries) {
		Map<String, Organization> byId = new LinkedHashMap<>();
		for (Organization entry : entries) {
			byId.merge(entry.id(), entry,
					(one, other) -> new Organization(one.id(), (one.name() != null) ? one.name() : other.name(),
							union(one.roles(), other.roles()), union(one.permissions(), other.permissions())));
		}
		return List.copyOf(byId.values());
	}

	private static List<Organization> intersect(List<Organization> named, List<Organization> stored) {
		List<Organization> both = new ArrayList<>();
		for (Organization one : named) {
			for (Organization other : stored) {
				if (one.id().equals(other.id())) {
					both.add(new Organization(one.id(), one.name(), common(one.roles(), other.roles()),
							common(one.permissions(), other.permissions())));
				}
			}
		}
		return both;
	}

	private static Set<String> union(Set<String> one, Set<String> other) {
		Set<String> union = new HashSet<>(one);
		union.addAll(other);
		return union;
	}

	private static Set<String> common(Set<String> one, Set<String> other) {
		Set<String> common = new HashSet<>(one);
		common.retainAll(other);
		return common;
	}

}
