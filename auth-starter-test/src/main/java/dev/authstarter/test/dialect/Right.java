package dev.authstarter.test.dialect;

/**
 * What a token can grant.
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
	 * Return the end of the property that says where it stands.
	 */
	String property() {
		return this.property;
	}

	/**
	 * Return what selectors call it.
	 */
	String capture() {
		return this.capture;
	}

}
