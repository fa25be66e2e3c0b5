package dev.authstarter.organization;

import dev.authstarter.access.HandlerCall;
import org.jspecify.annotations.Nullable;

/**
 * A place where a request may name its organization.
 */
interface OrganizationResolver {

	/**
	 * Read what the request names here first.
	 * @param call what is called, and with what
	 * @return the organization as the request spells it, or {@code null} if it is silent
	 */
	@Nullable String first(HandlerCall call);

	/**
	 * Tell whether nothing here names another organization.
	 * @param call what is called, and with what
	 * @param organization what the request names elsewhere or here first
	 * @return whether all that is named here is that organization
	 */
	boolean agrees(HandlerCall call, String organization);

}
