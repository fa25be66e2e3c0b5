package dev.authstarter.test.attack.catalogue;

import java.util.List;

import dev.authstarter.TrustedIssuer;
import dev.authstarter.configuration.AuthStarterProperties;

/**
 * The organizations that {@code auth-starter.organization.allowed} allows: identifiers,
 * prefixes that end with {@code *}, or {@code *}.
 *
 * @param entries empty if nothing is configured
 */
record CallingOrganizations(List<String> entries) {

	static final String DEFAULT = "org_attacked";

	static final String DEFAULT_OTHER = "org_of_the_attacker";

	private static final String ANY = "*";

	/**
	 * Read the configuration.
	 * @param issuer the issuer, whose own list overrides the common one
	 */
	static CallingOrganizations of(AuthStarterProperties properties, TrustedIssuer issuer) {
		AuthStarterProperties.Issuer own = properties.issuers().get(issuer.name());
		List<String> allowed = (own != null && own.organization().allowed() != null) ? own.organization().allowed()
				: properties.organization().allowed();
		return new CallingOrganizations((allowed != null) ? allowed : List.of());
	}

	/** Whether a token without an organization is refused everywhere. */
	boolean areRestricted() {
		return this.entries.stream().anyMatch((entry) -> !entry.equals(ANY));
	}

	/** Return the identifier of an allowed organization. */
	String one() {
		return this.entries.stream().findFirst().map((entry) -> matching(entry, DEFAULT)).orElse(DEFAULT);
	}

	/** Return the identifier of another organization, an allowed one if there is one. */
	String otherThan(String organization) {
		return this.entries.stream()
			.map((entry) -> matching(entry, DEFAULT_OTHER))
			.filter((identifier) -> !identifier.equals(organization))
			.findFirst()
			.orElse(DEFAULT_OTHER);
	}

	private static String matching(String entry, String name) {
		return entry.endsWith(ANY) ? entry.substring(0, entry.length() - 1) + name : entry;
	}

}
