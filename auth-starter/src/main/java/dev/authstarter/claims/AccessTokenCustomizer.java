package dev.authstarter.claims;

import dev.authstarter.AccessToken;

/**
 * Decodes claims that no selector can express, for example a bit mask. A bean of this
 * type is asked for every token, after the selectors.
 */
@FunctionalInterface
public interface AccessTokenCustomizer {

	/**
	 * Decode what the selectors could not.
	 * @param token what the selectors found, with all claims
	 * @return the same token, or a copy with what else it grants. What holds in one
	 * organization belongs into that organization; organizations that the issuer may not
	 * name do not count.
	 */
	AccessToken decode(AccessToken token);

}
