package dev.authstarter;

import org.jspecify.annotations.Nullable;

/**
 * Returns the organization that the current request acts in, for services, which cannot
 * take it as a controller argument. Inject it as a bean. The organization is part of the
 * caller's security context and is propagated with it: to virtual threads and to
 * {@code @Async} methods of Spring Boot's task executor.
 */
@FunctionalInterface
public interface CurrentOrganization {

	/**
	 * Find the organization.
	 * @return the organization, or {@code null} outside of a request and if the request
	 * acts in none
	 */
	@Nullable Organization find();

	/**
	 * Return the organization.
	 * @return the organization
	 * @throws RefusedException with {@link Reason#ORGANIZATION_MISSING} if there is none
	 */
	default Organization get() {
		Organization organization = find();
		if (organization == null) {
			throw new RefusedException(Refusal.of(Reason.ORGANIZATION_MISSING));
		}
		return organization;
	}

}
