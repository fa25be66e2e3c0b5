package dev.authstarter.organization;

import java.util.List;

import dev.authstarter.access.HandlerCall;

/**
 * Reads the organization of a request from one place of the request. Beans of this type
 * are added to {@code auth-starter.organization.sources}: all sources that name an
 * organization must name the same one, otherwise the request is refused with
 * {@code organization_ambiguous}. The organization must be one of the caller's token.
 * <p>
 * It is called for each request to a handler, before its arguments are bound, also if the
 * caller is anonymous. An exception fails the request.
 */
@FunctionalInterface
public interface OrganizationResolver {

	/**
	 * Read the organizations that the request names at this place.
	 * @param call the call of the handler
	 * @return every organization that it names, as the request spells it; empty if it
	 * names none. A blank name matches no organization
	 */
	List<String> resolve(HandlerCall call);

}
