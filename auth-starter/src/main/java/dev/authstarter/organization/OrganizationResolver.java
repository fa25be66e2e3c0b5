package dev.authstarter.organization;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * A place where a request may name its organization.
 */
interface OrganizationResolver {

	/**
	 * Read what the request names here first.
	 * @param handler what Spring MVC will call
	 * @return the organization as the request spells it, or {@code null} if it is silent
	 */
	@Nullable String first(Object handler, HttpServletRequest request);

	/**
	 * Tell whether nothing here names another organization.
	 * @param organization what the request names elsewhere or here first
	 */
	boolean agrees(Object handler, HttpServletRequest request, String organization);

}
