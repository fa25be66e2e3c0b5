package dev.authstarter.claims;

import dev.authstarter.AccessToken;

/**
 * Decodes claims that no selector can express, for example a bit mask. Beans of this type
 * are called for every token, after the selectors.
 */
@FunctionalInterface
public interface AccessTokenCustomizer {

	/**
	 * Add grants to a token.
	 * @param token the token as the selectors read it, with all claims
	 * @return the same token, or a copy with further grants. Add grants that apply in one
	 * organization to that organization. Organizations that are not allowed for the
	 * issuer are removed
	 */
	AccessToken decode(AccessToken token);

}
