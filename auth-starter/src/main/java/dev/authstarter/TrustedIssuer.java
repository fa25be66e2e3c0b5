package dev.authstarter;

import java.net.URI;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * An issuer whose access tokens this API accepts.
 *
 * @param name what the configuration calls it, for people and metrics; {@code default}
 * for the only one
 * @param issuer the exact string that a token's {@code iss} must equal
 * @param audiences the audiences of this API; a token must name at least one of them.
 * Never empty.
 * @param jwksUri where its keys are, or {@code null} if its metadata says so
 * @param algorithms names of the signature algorithms to accept from it (RFC 7518 section
 * 3.1)
 */
public record TrustedIssuer(String name, String issuer, Set<String> audiences, @Nullable URI jwksUri,
		List<String> algorithms) {

	/**
	 * Copy the collections.
	 */
	public TrustedIssuer {
		audiences = Set.copyOf(audiences);
		algorithms = List.copyOf(algorithms);
	}

}
