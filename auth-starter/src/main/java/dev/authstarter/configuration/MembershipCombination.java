package dev.authstarter.configuration;

/**
 * How the organizations of the application's own store and of the token are combined.
 */
public enum MembershipCombination {

	/**
	 * The intersection: organizations that both name, with the roles and permissions that
	 * both grant. The token is the upper bound.
	 */
	INTERSECT,

	/** The union of both. */
	ADD,

	/** The store only. */
	REPLACE

}
