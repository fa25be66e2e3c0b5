package dev.authstarter.claims;

import java.util.Locale;

/**
 * What a path can bind: a member's name, an element or a part of either.
 */
enum Capture {

	/** The organization in which what is found counts. */
	ORG,

	/** A role. */
	ROLE,

	/** A scope. */
	SCOPE,

	/** A permission. */
	PERMISSION;

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
