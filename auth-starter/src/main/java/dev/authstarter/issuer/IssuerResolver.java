package dev.authstarter.issuer;

import org.jspecify.annotations.Nullable;

/**
 * Resolves issuers that are known at run time only, for example one realm for each
 * customer. A bean of this type is called for issuers that the configuration does not
 * contain; several are called in their order until one resolves the issuer.
 * <p>
 * It is called with the issuer of tokens that are not verified yet, as often as clients
 * send such tokens. It must therefore answer from memory or from an index, without calls
 * over the network, and must compare complete names: a resolver that accepts each name
 * with the address of a provider as its prefix trusts every customer of that provider.
 * <p>
 * A result is cached for {@code auth-starter.resolved-issuers.time-to-live}. Then the
 * resolver is called again, so that a removed issuer is no longer trusted.
 */
@FunctionalInterface
public interface IssuerResolver {

	/**
	 * Resolve an issuer.
	 * @param issuer the {@code iss} of a token, at most 2,048 characters and none of them
	 * a control character
	 * @return how the issuer is trusted, or {@code null} if it is unknown. If this method
	 * throws an exception, the request is answered with 503
	 */
	@Nullable ResolvedIssuer resolve(String issuer);

}
