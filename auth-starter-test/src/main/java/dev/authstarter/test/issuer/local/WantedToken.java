package dev.authstarter.test.issuer.local;

import java.util.List;
import java.util.Map;

import dev.authstarter.test.ForgedToken;
import org.jspecify.annotations.Nullable;

/**
 * The content of a token for local development.
 *
 * @param machine whether the caller is a machine (client credentials), not a user
 * @param subject the subject, or {@code null} for a default
 * @param scopes the scopes; if empty, those of a sign-in
 * @param roles the roles that hold everywhere
 * @param permissions the permissions
 * @param organization the organization, or {@code null} for none
 * @param organizationRoles the roles that hold in the organization
 * @param actor the party that acts for the subject (RFC 8693 section 4.1), or
 * {@code null} for none
 */
record WantedToken(boolean machine, @Nullable String subject, List<String> scopes, List<String> roles,
		List<String> permissions, @Nullable String organization, List<String> organizationRoles,
		@Nullable String actor) {

	static final WantedToken NOTHING = new WantedToken(false, null, List.of(), List.of(), List.of(), null, List.of(),
			null);

	/** The default subject. */
	static final String DEFAULT_SUBJECT = "local";

	/**
	 * Make the token.
	 * @param good a token that the application accepts
	 * @throws IllegalArgumentException if the provider's tokens cannot express this
	 * content
	 */
	ForgedToken from(ForgedToken good) {
		ForgedToken token = withCaller(good);
		if (this.actor != null) {
			token = token.withClaim("act", Map.of("sub", this.actor));
		}
		if (!this.scopes.isEmpty()) {
			token = token.withScopes(this.scopes.toArray(String[]::new));
		}
		if (!this.permissions.isEmpty()) {
			token = token.withPermissions(this.permissions.toArray(String[]::new));
		}
		if (!this.roles.isEmpty()) {
			token = token.withRoles(this.roles.toArray(String[]::new));
		}
		return (this.organization != null)
				? token.forOrganization(this.organization, this.organizationRoles.toArray(String[]::new)) : token;
	}

	private ForgedToken withCaller(ForgedToken good) {
		if (this.machine) {
			return good.asMachine((this.subject != null) ? this.subject : DEFAULT_SUBJECT);
		}
		return (this.subject != null) ? good.asUser(this.subject) : good;
	}

}
