package dev.authstarter.selector;

import java.util.Locale;

/**
 * A placeholder in a path that binds a member's name, an element or a part of either.
 */
public enum Capture {

	/** The organization to which the found values apply. */
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
