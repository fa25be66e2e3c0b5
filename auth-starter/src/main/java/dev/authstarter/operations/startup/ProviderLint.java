package dev.authstarter.operations.startup;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.authstarter.TrustedIssuer;
import dev.authstarter.claims.ClaimReaders;
import dev.authstarter.configuration.AuthStarterProperties;
import dev.authstarter.issuer.SecureTransport;
import dev.authstarter.issuer.TrustedIssuers;
import dev.authstarter.provider.Presets;
import dev.authstarter.provider.ProviderSettings;
import org.jspecify.annotations.Nullable;

/**
 * Finds issuers whose provider is recognizable although none or another one is
 * configured, so that their tokens are not read as that provider writes them, and
 * selectors that name a claim but seem to be intended as a path.
 */
public final class ProviderLint implements Lint {

	/**
	 * A path in the syntax of other libraries: with a dollar sign, or into a claim that
	 * providers write as an object. Other names of claims have dots, too.
	 */
	private static final Pattern PATH = Pattern
		.compile("(?:\\$\\.|(?=(?:realm_access|resource_access|app_metadata)\\.))([\\w-]+(?:\\.[\\w-]+|\\[\\*])*)");

	/** Values that do not name a particular provider. */
	private static final Set<String> ANY = Set.of("generic", "rfc9068", "detect");

	private static final List<String> CLAIMS = List.of("claims.scopes", "claims.roles", "claims.permissions",
			"claims.organizations", "claims.organization-names", "claims.client-id", "claims.subject");

	private final TrustedIssuers issuers;

	private final AuthStarterProperties properties;

	private final Presets presets;

	private final ClaimReaders providers;

	/**
	 * Create the check.
	 * @param issuers the issuers
	 * @param properties the configuration of their providers
	 * @param presets the known providers
	 * @param providers how the issuers' tokens are read
	 */
	public ProviderLint(TrustedIssuers issuers, AuthStarterProperties properties, Presets presets,
			ClaimReaders providers) {
		this.issuers = issuers;
		this.properties = properties;
		this.presets = presets;
		this.providers = providers;
	}

	@Override
	public List<String> findings() {
		List<String> findings = new ArrayList<>();
		for (TrustedIssuer issuer : this.issuers) {
			String configured = configured(issuer);
			String detected = this.presets.detect(issuer.issuer());
			if (configured != null && detected != null && !ANY.contains(configured) && !detected.equals(configured)) {
				findings.add(("'%sprovider' is '%s', but the issuer '%s' belongs to the provider '%s'. Roles, "
						+ "permissions, organizations "
						+ "or machines may not be recognized. Set it to '%4$s' or to 'detect', or to 'generic' "
						+ "and configure their claims.")
					.formatted(issuer.propertyPrefix(), configured, SecureTransport.withoutSecrets(issuer.issuer()),
							detected));
			}
			if (configured == null && detected != null) {
				findings
					.add(("'%sprovider' is not set, and the issuer '%s' belongs to the provider '%s'. Its tokens are "
							+ "read as those of any OAuth 2 server, so roles, permissions, organizations or "
							+ "machines may not be "
							+ "recognized. Set it to '%3$s' or to 'detect', or to 'generic' if that is intended.")
						.formatted(issuer.propertyPrefix(), SecureTransport.withoutSecrets(issuer.issuer()), detected));
			}
			findPaths(issuer, findings);
		}
		return findings;
	}

	private @Nullable String configured(TrustedIssuer issuer) {
		AuthStarterProperties.Issuer own = this.properties.issuers().get(issuer.name());
		return (own != null && own.provider() != null) ? own.provider() : this.properties.provider();
	}

	private void findPaths(TrustedIssuer issuer, List<String> findings) {
		ProviderSettings spelling = this.providers.of(issuer).spelling();
		for (String property : CLAIMS) {
			for (String selector : spelling.list(property)) {
				Matcher path = PATH.matcher(selector);
				if (path.matches()) {
					findings
						.add(("'%s' of the issuer '%s' is '%s', which is the name of one claim. To read a member of an "
								+ "object, write '%s'.")
							.formatted(property, issuer.name(), selector,
									"/" + path.group(1).replace("[*]", "/*").replace('.', '/')));
				}
			}
		}
	}

}
