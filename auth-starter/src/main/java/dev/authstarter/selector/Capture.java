package dev.authstarter.selector;

import java.util.Locale;

/**
 * What a path can bind: a member's name, an element or a part of either.
 */
public enum Capture {

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
