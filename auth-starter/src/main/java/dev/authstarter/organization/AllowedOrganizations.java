package dev.authstarter.organization;

import dev.authstarter.TrustedIssuer;
import dev.authstarter.claims.ClaimReaders;
import dev.authstarter.issuer.TrustedIssuers;
import dev.authstarter.issuer.UnresolvedIssuerException;
import org.jspecify.annotations.Nullable;

/**
 * Holds a machine that may cross to any organization to its issuer's list, too: its token
 * names none that the list could be held against.
 */
final class AllowedOrganizations implements OrganizationPolicy {

	private final TrustedIssuers issuers;

	private final ClaimReaders providers;

	AllowedOrganizations(TrustedIssuers issuers, ClaimReaders providers) {
		this.issuers = issuers;
		this.providers = providers;
	}

	/** Where another decoder does not say which issuer it is, all must agree. */
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
