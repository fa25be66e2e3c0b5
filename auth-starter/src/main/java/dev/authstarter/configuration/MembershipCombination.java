package dev.authstarter.configuration;

/**
 * How the memberships of the application's own store and what the token says go together.
 */
public enum MembershipCombination {

	/**
	 * What both say: an organization that both name, with the roles and permissions that
	 * both give. The token is the upper bound.
	 */
	INTERSECT,

	/** What either says. */
	ADD,

	/** What the store says alone. */
	REPLACE

}
