package dev.authstarter.organization;

import dev.authstarter.TrustedIssuer;
import dev.authstarter.TrustedIssuers;
import dev.authstarter.claims.Providers;

/**
 * Holds a machine that may cross to any organization to its issuer's list, too: its token
 * names none that the list could be held against.
 */
final class AllowedOrganizations implements OrganizationPolicy {

	private final TrustedIssuers issuers;

	private final Providers providers;

	AllowedOrganizations(TrustedIssuers issuers, Providers providers) {
		this.issuers = issuers;
		this.providers = providers;
	}

	/** Where it is not said which issuer it is, as with a template, all must agree. */
	@Override
	public boolean allows(String issuer, String organizationId) {
		boolean all = true;
		for (TrustedIssuer trusted : this.issuers) {
			boolean allowed = this.providers.of(trusted.issuer()).allowsOrganization(organizationId);
			if (trusted.issuer().equals(issuer)) {
				return allowed;
			}
			all &= allowed;
		}
		return all;
	}

}
