package dev.authstarter.membership;

import java.util.Collection;
import java.util.concurrent.CompletionStage;

import dev.authstarter.AccessToken;
import dev.authstarter.Organization;

/**
 * Finds the organizations of a caller in the application's own store, where roles can be
 * taken away before a token expires. A bean of this type is called for each genuine
 * token; {@code auth-starter.organization.memberships} says how its answer and the token
 * go together.
 * <p>
 * An answer is kept for {@code auth-starter.organization.memberships-time-to-live}. While
 * there is none, because the store fails or does not answer within
 * {@code auth-starter.organization.memberships-timeout}, requests are refused with 503
 * and {@code memberships_unavailable}.
 * <p>
 * A role or permission that the token gives for all of its organizations counts in those
 * alone, never in another that the store adds. Where the token names none and the store
 * adds one, it counts nowhere.
 */
@FunctionalInterface
public interface OrganizationMemberships {

	/**
	 * Find the organizations of a caller.
	 * @param token the caller's token. The answer is kept for the token's issuer, subject
	 * and client together, so it may depend on these alone
	 * @return the organizations, each with the roles and permissions that the caller has
	 * there; empty for none. What several entries with the same id give is added up. A
	 * store that blocks is best read on an executor of the application: on the thread
	 * that calls this method, no timeout ends the wait
	 */
	CompletionStage<? extends Collection<Organization>> find(AccessToken token);

}
