package dev.authstarter.token;

import java.util.Map;

import dev.authstarter.TrustedIssuer;
import dev.authstarter.introspection.IntrospectionAnswer;
import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.jwt.Jwt;

/**
 * A token whose signature is good. All of it is immutable: many requests share it.
 *
 * @param jwt the token as Spring Security wants it
 * @param claims the claims as the issuer wrote them
 * @param issuer the issuer that signed it
 * @param keyVersion names the keys among which the good one was; {@code null} if it must
 * not be remembered
 * @param answer what the issuer said of it, where that was asked and completed the claims
 * @param retainedSize an estimate of the heap that it takes while it is remembered, in
 * bytes, without its text
 */
record VerifiedToken(Jwt jwt, Map<String, Object> claims, TrustedIssuer issuer, @Nullable Object keyVersion,
		@Nullable IntrospectionAnswer answer, int retainedSize) {

	/** Nothing of the token. */
	@Override
	public String toString() {
		return "VerifiedToken[issuer=" + this.issuer.name() + "]";
	}

}
