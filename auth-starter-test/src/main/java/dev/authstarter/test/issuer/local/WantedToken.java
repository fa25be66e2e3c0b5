package dev.authstarter.test.issuer.local;

import java.util.List;
import java.util.Map;

import dev.authstarter.test.ForgedToken;
import org.jspecify.annotations.Nullable;

/**
 * What a token for local work says.
 *
 * @param machine whether a client calls on its own behalf, and not a person
 * @param subject who calls, or {@code null} for somebody
 * @param scopes the scopes; without any, those of a sign-in
 * @param roles the roles that count everywhere
 * @param permissions the permissions
 * @param organization the organization, or {@code null} for none
 * @param organizationRoles the roles that count there
 * @param actor the party that acts for the subject (RFC 8693 section 4.1), or
 * {@code null} for none
 */
record WantedToken(boolean machine, @Nullable String subject, List<String> scopes, List<String> roles,
		List<String> permissions, @Nullable String organization, List<String> organizationRoles,
		@Nullable String actor) {

	static final WantedToken NOTHING = new WantedToken(false, null, List.of(), List.of(), List.of(), null, List.of(),
			null);

	/** Who calls where no subject is named. */
	static final String SOMEBODY = "local";

	/**
	 * Make the token.
	 * @param good a token that the application accepts
	 * @throws IllegalArgumentException if the provider's tokens cannot say this
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
			return good.asMachine((this.subject != null) ? this.subject : SOMEBODY);
		}
		return (this.subject != null) ? good.asUser(this.subject) : good;
	}

}
