package dev.authstarter.organization;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.authstarter.AuthStarterProperties;

/**
 * Holds a machine that may cross to any organization to the configured list, too: its
 * token names none that the list could be held against.
 */
final class AllowedOrganizations implements OrganizationPolicy {

	private final List<String> everywhere;

	private final Map<String, List<String>> byIssuer = new HashMap<>();

	AllowedOrganizations(AuthStarterProperties properties) {
		this.everywhere = properties.organization().allowed();
		for (AuthStarterProperties.Issuer issuer : properties.issuers().values()) {
			if (issuer.issuer() != null && !issuer.organization().allowed().isEmpty()) {
				this.byIssuer.put(issuer.issuer(), issuer.organization().allowed());
			}
		}
	}

	@Override
	public boolean allows(String issuer, String organizationId) {
		List<String> allowed = this.byIssuer.getOrDefault(issuer, this.everywhere);
		return allowed.isEmpty() || allowed.contains(organizationId);
	}

}
