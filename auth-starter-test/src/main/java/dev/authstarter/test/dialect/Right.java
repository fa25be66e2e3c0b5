package dev.authstarter.test.dialect;

/**
 * A kind of right that a token can grant.
 */
enum Right {

	SCOPE("claims.scopes", "scope"),

	ROLE("claims.roles", "role"),

	PERMISSION("claims.permissions", "permission");

	private final String property;

	private final String capture;

	Right(String property, String capture) {
		this.property = property;
		this.capture = capture;
	}

	/**
	 * Return the end of the property that configures its claims.
	 */
	String property() {
		return this.property;
	}

	/**
	 * Return the name of its capture in selectors.
	 */
	String capture() {
		return this.capture;
	}

}
