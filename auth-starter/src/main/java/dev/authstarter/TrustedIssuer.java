package dev.authstarter;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * An issuer whose access tokens this API accepts.
 *
 * @param name its name in the configuration, for logs and metrics; {@code default} for a
 * single issuer
 * @param issuer the exact string that a token's {@code iss} must equal; or Entra's
 * template with <code>{tid}</code>, which is replaced with the token's {@code tid} before
 * the comparison
 * @param audiences the audiences of this API; a token must name at least one of them.
 * Never empty.
 * @param jwksUri the location of its JWK set, or {@code null} if its metadata names it
 * @param algorithms names of the signature algorithms to accept from it (RFC 7518 section
 * 3.1)
 * @param allowedOrganizations the only organizations that its tokens may name:
 * identifiers, prefixes that end with {@code *}, or {@code *} alone for all; empty if
 * nothing is configured
 */
public record TrustedIssuer(String name, String issuer, Set<String> audiences, @Nullable URI jwksUri,
		List<String> algorithms, List<String> allowedOrganizations) {

	/** The name of a single issuer, which has none in the configuration. */
	public static final String SINGLE = "default";

	private static final String TEMPLATE = "{tid}";

	/** A GUID in the spelling of Entra's tokens. */
	private static final String GUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

	private static final Pattern ORGANIZATION = Pattern.compile(GUID);

	public TrustedIssuer {
		audiences = Set.copyOf(audiences);
		algorithms = List.copyOf(algorithms);
		allowedOrganizations = List.copyOf(allowedOrganizations);
	}

	/**
	 * Return the name alone, since the URL of the keys may contain a secret.
	 */
	@Override
	public String toString() {
		return "TrustedIssuer[name=" + this.name + "]";
	}

	/**
	 * Return the prefix of its configuration properties.
	 * @return {@code auth-starter.} for a single issuer, otherwise for example
	 * {@code auth-starter.issuers.staff.}
	 */
	public String propertyPrefix() {
		return this.name.equals(SINGLE) ? "auth-starter." : "auth-starter.issuers.%s.".formatted(this.name);
	}

	/**
	 * Return whether an issuer is a template, which stands for one issuer per
	 * organization.
	 * @param issuer an issuer from the configuration or from a token
	 * @return whether it contains <code>{tid}</code>
	 * @see <a href=
	 * "https://learn.microsoft.com/entra/identity-platform/access-tokens#validate-the-issuer">Microsoft's
	 * documentation</a>
	 */
	public static boolean isTemplate(String issuer) {
		return issuer.contains(TEMPLATE);
	}

	/**
	 * Return whether this template matches an issuer, for any organization.
	 */
	public boolean isForOneLike(String name) {
		String[] parts = this.issuer.split(Pattern.quote(TEMPLATE), -1);
		return Pattern.compile(Stream.of(parts).map(Pattern::quote).collect(Collectors.joining(GUID)))
			.matcher(name)
			.matches();
	}

	/**
	 * Return whether this template matches the issuer of an organization.
	 */
	public boolean isFor(String name, String organization) {
		return ORGANIZATION.matcher(organization).matches() && this.issuer.replace(TEMPLATE, organization).equals(name);
	}

}
