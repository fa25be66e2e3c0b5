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
 * @param name what the configuration calls it, for people and metrics; {@code default}
 * for the only one
 * @param issuer the exact string that a token's {@code iss} must equal; or Entra's
 * template with <code>{tid}</code>, in which a token's {@code tid} is put before they are
 * compared
 * @param audiences the audiences of this API; a token must name at least one of them.
 * Never empty.
 * @param jwksUri where its keys are, or {@code null} if its metadata says so
 * @param algorithms names of the signature algorithms to accept from it (RFC 7518 section
 * 3.1)
 * @param allowedOrganizations the only organizations that its tokens may name:
 * identifiers, prefixes that end with {@code *}, or {@code *} alone for all; empty where
 * nothing is configured
 */
public record TrustedIssuer(String name, String issuer, Set<String> audiences, @Nullable URI jwksUri,
		List<String> algorithms, List<String> allowedOrganizations) {

	/** The name of the only issuer, which the configuration does not name. */
	public static final String SINGLE = "default";

	private static final String TEMPLATE = "{tid}";

	/** A GUID in the spelling of Entra's tokens. */
	private static final String GUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

	private static final Pattern ORGANIZATION = Pattern.compile(GUID);

	/**
	 * Copy the collections.
	 */
	public TrustedIssuer {
		audiences = Set.copyOf(audiences);
		algorithms = List.copyOf(algorithms);
		allowedOrganizations = List.copyOf(allowedOrganizations);
	}

	/**
	 * Name the issuer: where its keys are may be said by a URL that holds a secret.
	 */
	@Override
	public String toString() {
		return "TrustedIssuer[name=" + this.name + "]";
	}

	/**
	 * Return what the names of its properties start with.
	 * @return {@code auth-starter.} for the only issuer, otherwise for example
	 * {@code auth-starter.issuers.staff.}
	 */
	public String propertyPrefix() {
		return this.name.equals(SINGLE) ? "auth-starter." : "auth-starter.issuers.%s.".formatted(this.name);
	}

	/**
	 * Tell whether an issuer is a template: each organization has its own.
	 * @param issuer as it is configured or as a token names it
	 * @return whether it contains <code>{tid}</code>
	 * @see <a href=
	 * "https://learn.microsoft.com/entra/identity-platform/access-tokens#validate-the-issuer">Microsoft's
	 * documentation</a>
	 */
	public static boolean isTemplate(String issuer) {
		return issuer.contains(TEMPLATE);
	}

	/**
	 * Tell whether this template stands for an issuer, of whatever organization.
	 */
	public boolean isForOneLike(String name) {
		String[] parts = this.issuer.split(Pattern.quote(TEMPLATE), -1);
		return Pattern.compile(Stream.of(parts).map(Pattern::quote).collect(Collectors.joining(GUID)))
			.matcher(name)
			.matches();
	}

	/**
	 * Tell whether this template stands for the issuer of an organization.
	 */
	public boolean isFor(String name, String organization) {
		return ORGANIZATION.matcher(organization).matches() && this.issuer.replace(TEMPLATE, organization).equals(name);
	}

}
