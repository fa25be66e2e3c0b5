package dev.authstarter.provider;

/**
 * A list that says how a provider spells its tokens. A preset fills it; a property of the
 * same name replaces the preset's list.
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

	/** Where the client's id is found; the first with a value counts. */
	CLIENT_ID("claims.client-id"),

	/** Where the subject is found; the first with a value counts. */
	SUBJECT("claims.subject"),

	/** The header types that an access token may have. */
	TYPES("token.types"),

	/** Where audiences are found; the first with a value counts. */
	AUDIENCE_FROM("token.audience-from"),

	/** What proves an access token. */
	REQUIRE("token.accept-if"),

	/** What disproves an access token. */
	REJECT("token.reject-if"),

	/** What marks a machine's token. */
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
	 * Return the name in the data of the presets.
	 * @return for example {@code client-id}
	 */
	public String key() {
		return this.property.substring(this.property.indexOf('.') + 1);
	}

}
