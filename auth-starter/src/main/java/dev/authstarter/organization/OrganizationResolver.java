package dev.authstarter.organization;

import java.util.List;

import dev.authstarter.access.HandlerCall;

/**
 * Reads which organization a request is for at one place of the request. Beans of this
 * type are added to the places of {@code auth-starter.organization.sources}: all places
 * that name an organization must name the same one, otherwise the request is refused with
 * {@code organization_ambiguous}. The organization must be one of the caller's token.
 * <p>
 * It is called for each request to a handler, before its arguments are bound, also where
 * the caller is anonymous. An exception fails the request.
 */
@FunctionalInterface
public interface OrganizationResolver {

	/**
	 * Read what the request names here.
	 * @param call what is called, and with what
	 * @return every organization that it names, as the request spells it; empty if it
	 * names none. An empty or blank name is one that no token has
	 */
	List<String> resolve(HandlerCall call);

}
