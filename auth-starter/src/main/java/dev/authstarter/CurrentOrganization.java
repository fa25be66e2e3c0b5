package dev.authstarter;

import org.jspecify.annotations.Nullable;

/**
 * The organization that the current request acts in, for services that have no controller
 * argument. A bean to inject. What it returns belongs to the caller's security context
 * and goes wherever that goes: to virtual threads and to {@code @Async} methods of Spring
 * Boot's task executor.
 */
@FunctionalInterface
public interface CurrentOrganization {

	/**
	 * Find the organization.
	 * @return the organization, one of the token's, or {@code null} outside of a request
	 * and where it acts in none
	 */
	@Nullable Organization find();

	/**
	 * Return the organization.
	 * @return the organization
	 * @throws RefusedException if there is none: a caller without an organization has no
	 * business here
	 */
	default Organization get() {
		Organization organization = find();
		if (organization == null) {
			throw new RefusedException(Refusal.of(Reason.ORGANIZATION_MISSING));
		}
		return organization;
	}

}
