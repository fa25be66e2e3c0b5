package dev.authstarter.organization;

/**
 * Decides whether an organization may use this API at all, for example whether it has
 * paid. Any bean of this type is asked in addition, and can only refuse. It may block:
 * its answers are kept for {@code auth-starter.organization.policy-time-to-live}.
 */
@FunctionalInterface
public interface OrganizationPolicy {

	/**
	 * Decide.
	 * @param issuer the issuer that names the organization
	 * @param organizationId the organization's id
	 * @return whether callers may act in it
	 */
	boolean allows(String issuer, String organizationId);

}
