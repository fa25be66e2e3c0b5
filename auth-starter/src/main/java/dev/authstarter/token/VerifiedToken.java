package dev.authstarter.token;

import dev.authstarter.AccessToken;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.introspection.IntrospectionAnswer;
import dev.authstarter.token.check.TokenContent;
import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.jwt.Jwt;

/**
 * A token whose signature is good. All of it is immutable: many requests share it.
 *
 * @param jwt the token as Spring Security wants it
 * @param accessToken what it says, in the words of this library
 * @param content what the issuer wrote, or said of an opaque token
 * @param policy that of the issuer
 * @param keyVersion names the keys among which the good one was; {@code null} for an
 * opaque token, which is not remembered
 * @param answer what the issuer said of it, where that was asked and completed the claims
 * @param retainedSize an estimate of the heap that it takes while it is remembered, in
 * bytes, without its text
 */
public record VerifiedToken(Jwt jwt, AccessToken accessToken, TokenContent content, IssuerPolicy policy,
		@Nullable Object keyVersion, @Nullable IntrospectionAnswer answer, int retainedSize) implements Verification {

	/** The same token with other grants, which is not remembered. */
	VerifiedToken with(Jwt jwt, AccessToken accessToken) {
		return new VerifiedToken(jwt, accessToken, this.content, this.policy, this.keyVersion, this.answer,
				this.retainedSize);
	}

	/** The issuer that signed it. */
	TrustedIssuer issuer() {
		return this.policy.issuer();
	}

	/** Nothing of the token. */
	@Override
	public String toString() {
		return "VerifiedToken[issuer=" + issuer().name() + "]";
	}

}
