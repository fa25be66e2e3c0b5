package dev.authstarter;

import java.util.Set;

/**
 * An issuer whose access tokens this API accepts.
 *
 * @param issuer the exact string that a token's {@code iss} must equal
 * @param audiences the audiences of this API; a token must name at least one of them.
 * Never empty.
 */
public record TrustedIssuer(String issuer, Set<String> audiences) {

	/**
	 * Copy the set.
	 */
	public TrustedIssuer {
		audiences = Set.copyOf(audiences);
	}

}
