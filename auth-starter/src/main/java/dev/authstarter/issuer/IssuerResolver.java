package dev.authstarter.issuer;

import org.jspecify.annotations.Nullable;

/**
 * Names issuers that are known at run time only: realms that come and go, one for each
 * customer for example. A bean of this type is asked about issuers that the configuration
 * does not name; where there are several, in their order, until one knows the issuer.
 * <p>
 * It is asked with what tokens say that nobody verified yet, as often as somebody sends
 * such a token. So it answers from memory or from an index, calls nobody over the
 * network, and knows each name: one that accepts whatever starts with the address of a
 * provider trusts every customer of that provider.
 * <p>
 * An answer counts for {@code auth-starter.resolved-issuers.time-to-live}. Then the
 * resolver is asked again, so that an issuer that is gone is no longer trusted.
 */
@FunctionalInterface
public interface IssuerResolver {

	/**
	 * Tell whether an issuer is trusted.
	 * @param issuer the {@code iss} of a token, at most 2,048 characters and none of them
	 * a control character
	 * @return how it is trusted, or {@code null} if it is not known. Where this throws an
	 * exception, nothing is known of the token, and its answer is 503
	 */
	@Nullable ResolvedIssuer resolve(String issuer);

}
