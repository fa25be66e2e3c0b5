package dev.authstarter.operations.startup;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import dev.authstarter.TrustedIssuer;
import dev.authstarter.configuration.AuthStarterProperties;
import dev.authstarter.issuer.TrustedIssuers;

/**
 * Finds configuration that is allowed but rarely intended.
 */
final class ConfigurationLint {

	/**
	 * Keycloak's own client, an audience of nearly every token of a realm (Server
	 * Administration Guide, "Audience support").
	 */
	private static final String KEYCLOAK_ACCOUNT = "account";

	/**
	 * Client ids, which are the audience of ID tokens (OpenID Connect Core section 2):
	 * Auth0's (Application Settings, "Client ID") and Google's (OpenID Connect, "An ID
	 * token's payload").
	 */
	private static final Pattern CLIENT_ID = Pattern
		.compile("[0-9A-Za-z]{32}|[0-9A-Za-z-]+\\.apps\\.googleusercontent\\.com");

	/** Auth0 ends the issuer with a slash (JSON Web Tokens, "Validate"). */
	private static final Pattern SLASH_MISSING = Pattern.compile("https://[^/]+\\.auth0\\.com");

	private ConfigurationLint() {
	}

	static List<String> findings(TrustedIssuers issuers, AuthStarterProperties properties) {
		List<String> findings = new ArrayList<>();
		issuers.forEach((issuer) -> findings.addAll(findings(issuer)));
		if (!properties.http().plainHttpHosts().isEmpty()) {
			findings.add(("'auth-starter.http.plain-http-hosts' is %s: these hosts are called over http. An attacker "
					+ "who can change that traffic can replace the keys.")
				.formatted(properties.http().plainHttpHosts()));
		}
		if (properties.diagnostics().enabled()) {
			findings.add("'auth-starter.diagnostics.enabled' is 'true': responses to denied requests show the "
					+ "contents of their tokens. Use it only in development.");
		}
		return findings;
	}

	private static List<String> findings(TrustedIssuer issuer) {
		String prefix = issuer.propertyPrefix();
		List<String> findings = new ArrayList<>();
		for (String audience : issuer.audiences().stream().sorted().toList()) {
			if (audience.equals(KEYCLOAK_ACCOUNT)) {
				findings.add(("'%saudience' is 'account', which Keycloak puts into the tokens of every client of a "
						+ "realm. Add an audience for this API to its tokens and configure that one.")
					.formatted(prefix));
			}
			else if (CLIENT_ID.matcher(audience).matches()) {
				findings.add(("'%saudience' is '%s', which looks like a client id, the audience of ID tokens. Use the "
						+ "identifier of this API instead.")
					.formatted(prefix, audience));
			}
		}
		if (issuer.issuer().startsWith("http:")) {
			findings.add(("'%sissuer' is '%s', over http. Use http only in development: an attacker who can change "
					+ "that traffic can replace the keys.")
				.formatted(prefix, issuer.issuer()));
		}
		if (SLASH_MISSING.matcher(issuer.issuer()).matches()) {
			findings.add(("'%sissuer' is '%s' without a slash at the end. Auth0's tokens name '%2$s/', so all of them "
					+ "will be refused.")
				.formatted(prefix, issuer.issuer()));
		}
		return findings;
	}

}
