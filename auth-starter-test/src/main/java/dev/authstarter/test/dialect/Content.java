package dev.authstarter.test.dialect;

import java.util.List;

import dev.authstarter.CallerType;
import org.jspecify.annotations.Nullable;

/**
 * The intended content of a token, independent of its provider. Values that were not
 * requested are {@code null}: the dialect then writes what its provider supports.
 *
 * @param subject the subject
 * @param caller whether a user or a machine calls
 * @param scopes the scopes
 * @param roles the roles that hold everywhere
 * @param permissions the permissions that hold everywhere
 * @param membership the organization, with the roles that hold only there
 * @param clientId the client through which a user calls
 */
public record Content(@Nullable String subject, @Nullable CallerType caller, @Nullable List<String> scopes,
		@Nullable List<String> roles, @Nullable List<String> permissions, @Nullable Membership membership,
		@Nullable String clientId) {

	public static final Content DEFAULT = new Content(null, null, null, null, null, null, null);

	/** Return the client id. For a machine it is the subject (RFC 9068 section 2.2). */
	String client() {
		if (this.caller == CallerType.MACHINE && this.subject != null) {
			return this.subject;
		}
		return (this.clientId != null) ? this.clientId : "forged-client";
	}

	public Content as(String subject, CallerType caller) {
		return new Content(subject, caller, this.scopes, this.roles, this.permissions, this.membership, this.clientId);
	}

	public Content withScopes(List<String> scopes) {
		return new Content(this.subject, this.caller, scopes, this.roles, this.permissions, this.membership,
				this.clientId);
	}

	public Content withRoles(List<String> roles) {
		return new Content(this.subject, this.caller, this.scopes, roles, this.permissions, this.membership,
				this.clientId);
	}

	public Content withPermissions(List<String> permissions) {
		return new Content(this.subject, this.caller, this.scopes, this.roles, permissions, this.membership,
				this.clientId);
	}

	public Content with(Membership membership) {
		return new Content(this.subject, this.caller, this.scopes, this.roles, this.permissions, membership,
				this.clientId);
	}

	public Content through(String clientId) {
		return new Content(this.subject, this.caller, this.scopes, this.roles, this.permissions, this.membership,
				clientId);
	}

	/**
	 * The one organization of a token, or none.
	 *
	 * @param organization its identifier, or {@code null} for none
	 * @param roles the caller's roles in the organization
	 */
	public record Membership(@Nullable String organization, List<String> roles) {

		public static final Membership NONE = new Membership(null, List.of());

	}

}
