package dev.authstarter.organization;

import dev.authstarter.TrustedIssuer;
import dev.authstarter.claims.ClaimReaders;
import dev.authstarter.issuer.TrustedIssuers;
import dev.authstarter.issuer.UnresolvedIssuerException;
import org.jspecify.annotations.Nullable;

/**
 * Applies the issuer's list of allowed organizations to machines that may act in any
 * organization: their tokens name none that could be filtered earlier.
 */
final class AllowedOrganizations implements OrganizationPolicy {

	private final TrustedIssuers issuers;

	private final ClaimReaders providers;

	AllowedOrganizations(TrustedIssuers issuers, ClaimReaders providers) {
		this.issuers = issuers;
		this.providers = providers;
	}

	/**
	 * If the issuer is unknown, as with another decoder, all issuers must allow the
	 * organization.
	 */
	@Override
	public boolean allows(String issuer, String organizationId) {
		TrustedIssuer known = find(issuer);
		if (known != null || this.issuers.mayGrow()) {
			return known != null && allows(known, organizationId);
		}
		for (TrustedIssuer configured : this.issuers) {
			if (!allows(configured, organizationId)) {
				return false;
			}
		}
		return true;
	}

	private @Nullable TrustedIssuer find(String issuer) {
		try {
			return this.issuers.ofVerified(issuer);
		}
		catch (UnresolvedIssuerException ex) {
			return null;
		}
	}

	private boolean allows(TrustedIssuer issuer, String organizationId) {
		return this.providers.of(issuer).allowsOrganization(organizationId);
	}

}
