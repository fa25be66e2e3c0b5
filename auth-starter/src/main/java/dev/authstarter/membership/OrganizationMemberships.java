package dev.authstarter.membership;

import java.util.Collection;
import java.util.concurrent.CompletionStage;

import dev.authstarter.AccessToken;
import dev.authstarter.Organization;

/**
 * Finds the organizations of a caller in the application's own store, where roles can be
 * revoked before a token expires. A bean of this type is called for each valid token;
 * {@code auth-starter.organization.memberships} defines how its result and the token are
 * combined.
 * <p>
 * A result is cached for {@code auth-starter.organization.memberships-time-to-live}. If
 * there is none, because the store fails or does not return one within
 * {@code auth-starter.organization.memberships-timeout}, requests are refused with 503
 * and {@code memberships_unavailable}.
 * <p>
 * A role or permission that the token grants for all of its organizations applies to
 * those only, never to one that the store adds. If the token names no organization and
 * the store adds one, it applies nowhere.
 */
@FunctionalInterface
public interface OrganizationMemberships {

	/**
	 * Find the organizations of a caller.
	 * @param token the caller's token. The result is cached by issuer, subject and client
	 * id, so it may depend only on these
	 * @return the organizations, each with the roles and permissions that the caller has
	 * there; empty for none. The roles and permissions of entries with the same id are
	 * added up. Read a blocking store on an executor of the application: the timeout does
	 * not interrupt the calling thread
	 */
	CompletionStage<? extends Collection<Organization>> find(AccessToken token);

}
