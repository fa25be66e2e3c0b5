package dev.authstarter.introspection;

import java.util.Map;

import dev.authstarter.TrustedIssuer;
import org.jspecify.annotations.Nullable;

/**
 * Which issuer is asked about which tokens. An opaque token does not say whose it is, so
 * one issuer at most is asked about those.
 *
 * @param opaqueIssuer the issuer that is asked about opaque tokens, or {@code null}
 * @param opaque how it is asked, or {@code null}
 * @param jwts how the issuers are asked that are asked about the JWTs they signed
 */
public record Introspections(@Nullable TrustedIssuer opaqueIssuer, @Nullable Introspection opaque,
		Map<TrustedIssuer, Introspection> jwts) {

	public Introspections {
		jwts = Map.copyOf(jwts);
	}

}
