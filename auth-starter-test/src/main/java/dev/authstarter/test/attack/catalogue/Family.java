package dev.authstarter.test.attack.catalogue;

import java.util.Locale;

/**
 * A group of attacks, with the defect that one of them shows if it succeeds.
 */
public enum Family {

	/** RFC 6750 section 2. */
	CREDENTIALS("tokens are accepted in ways that RFC 6750 does not allow"),

	/** RFC 7519 section 7.2. */
	FORM("texts that are not signed JWTs are accepted"),

	/** RFC 7515 section 5.2. */
	SIGNATURE("signatures are not verified"),

	/** RFC 8725 section 3.1. */
	ALGORITHM("a token determines the algorithm that it is verified with"),

	/** RFC 8725 sections 3.8 and 3.10. */
	KEY("a token determines the key that it is verified with"),

	/** RFC 7519 sections 4.1.4 to 4.1.6. */
	TIME("the times of a token are not checked"),

	/** RFC 9068 section 4. */
	ISSUER("the issuer of a token is not checked"),

	/** RFC 8725 section 3.9. */
	AUDIENCE("the audience of a token is not checked"),

	/** RFC 8725 sections 3.11 and 3.12. */
	KIND("tokens of another kind are accepted as access tokens"),

	/** RFC 7800 section 3.1, RFC 9068 section 2.2. */
	CLAIMS("a token with claims that forbid it is accepted"),

	/** Access to data of other organizations. */
	ORGANIZATION("organizations are not separated"),

	/** The type of the caller. */
	CALLER("users and machines are not distinguished"),

	/** RFC 6750 section 3.1. */
	SCOPE("the handler's scopes are not enforced"),

	/** RFC 9068 section 2.2.3. */
	ROLE("the handler's roles are not enforced"),

	/** RFC 9068 section 2.2.3. */
	PERMISSION("the handler's permissions are not enforced"),

	/** RFC 9700 section 2.3. */
	RULE("any valid token is enough. Declare a rule on the handler, for example @RequiresScope"),

	/** CWE-915, mass assignment. */
	ARGUMENT("a request supplies values that must come from its token");

	private final String hole;

	Family(String hole) {
		this.hole = hole;
	}

	/** The description of the defect, without a full stop. */
	public String hole() {
		return this.hole;
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
