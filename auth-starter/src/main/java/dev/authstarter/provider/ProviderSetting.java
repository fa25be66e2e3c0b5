package dev.authstarter.provider;

/**
 * A list that describes the tokens of a provider. Its value comes from the preset, or
 * from the property of the same name if that is set.
 */
public enum ProviderSetting {

	/** Where scopes are found. */
	SCOPES("claims.scopes"),

	/** Where roles are found. */
	ROLES("claims.roles"),

	/** Where permissions are found. */
	PERMISSIONS("claims.permissions"),

	/** Where organizations are found. */
	ORGANIZATIONS("claims.organizations"),

	/** Where the names of organizations are found. */
	ORGANIZATION_NAMES("claims.organization-names"),

	/** Where the client's id is found; the first with a value is used. */
	CLIENT_ID("claims.client-id"),

	/** Where the subject is found; the first with a value is used. */
	SUBJECT("claims.subject"),

	/** The header types that an access token may have. */
	TYPES("token.types"),

	/** Where audiences are found; the first with a value is used. */
	AUDIENCE_FROM("token.audience-from"),

	/** Tests that prove an access token. */
	REQUIRE("token.accept-if"),

	/** Tests that disprove an access token. */
	REJECT("token.reject-if"),

	/** Tests that mark a machine's token. */
	MACHINE("token.machine-if");

	private final String property;

	ProviderSetting(String property) {
		this.property = property;
	}

	/**
	 * Return the property, below {@code auth-starter} or one of its issuers.
	 * @return for example {@code claims.client-id}
	 */
	public String property() {
		return this.property;
	}

	/**
	 * Return its name in {@code providers.json}.
	 * @return for example {@code client-id}
	 */
	public String key() {
		return this.property.substring(this.property.indexOf('.') + 1);
	}

}
