package dev.authstarter.introspection;

import java.util.Map;

import dev.authstarter.TrustedIssuer;
import org.jspecify.annotations.Nullable;

/**
 * The introspection of the issuers. An opaque token does not name its issuer, so that one
 * issuer at most is called for opaque tokens.
 *
 * @param opaqueIssuer the issuer of opaque tokens, or {@code null}
 * @param opaque the introspection of opaque tokens, or {@code null}
 * @param jwts the introspection of JWTs, by issuer
 */
public record Introspections(@Nullable TrustedIssuer opaqueIssuer, @Nullable Introspection opaque,
		Map<TrustedIssuer, Introspection> jwts) {

	public Introspections {
		jwts = Map.copyOf(jwts);
	}

}
