package dev.authstarter.token;

import dev.authstarter.AccessToken;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.introspection.IntrospectionAnswer;
import dev.authstarter.token.check.TokenContent;
import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.jwt.Jwt;

/**
 * A verified token. Immutable, because concurrent requests share it.
 *
 * @param jwt the token as Spring Security's type
 * @param accessToken the access token read from it
 * @param content the issued claims, or the introspection response of an opaque token
 * @param policy the policy of the issuer
 * @param keyVersion the version of the key set that verified the signature; {@code null}
 * for an opaque token, which is not cached
 * @param answer the introspection response that completed the claims, if there is one
 * @param retainedSize an estimate of the heap that it occupies in the cache, in bytes,
 * without its text
 */
public record VerifiedToken(Jwt jwt, AccessToken accessToken, TokenContent content, IssuerPolicy policy,
		@Nullable Object keyVersion, @Nullable IntrospectionAnswer answer, int retainedSize) implements Verification {

	/** Return the same token with other grants, which is not cached. */
	VerifiedToken with(Jwt jwt, AccessToken accessToken) {
		return new VerifiedToken(jwt, accessToken, this.content, this.policy, this.keyVersion, this.answer,
				this.retainedSize);
	}

	/** The issuer that signed it. */
	TrustedIssuer issuer() {
		return this.policy.issuer();
	}

	/** Return a text without the token. */
	@Override
	public String toString() {
		return "VerifiedToken[issuer=" + issuer().name() + "]";
	}

}
