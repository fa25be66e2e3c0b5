package dev.authstarter.organization;

/**
 * Decides whether an organization may use this API at all, for example whether it has
 * paid. All beans of this type must allow an organization; none can grant access that the
 * token does not give. An implementation may block: results are cached for
 * {@code auth-starter.organization.policy-time-to-live}.
 */
@FunctionalInterface
public interface OrganizationPolicy {

	/**
	 * Decide whether an organization may use this API.
	 * @param issuer the issuer of the token
	 * @param organizationId the organization's id
	 * @return whether callers may act in it
	 */
	boolean allows(String issuer, String organizationId);

}
