package dev.authstarter.token;

import java.util.Map;

import dev.authstarter.AccessToken;
import dev.authstarter.token.check.TokenContent;

import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Creates Spring Security's {@link Jwt} of a verified token. The {@code Jwt} holds the
 * access token, so that the claims are read once.
 */
public interface VerifiedJwts {

	/**
	 * Create the JWT of a verified token.
	 * @param value the token as it was sent
	 * @param content the issued claims, or the introspection response of an opaque token
	 * @param token the access token read from the content
	 * @return the JWT, with the types that Spring Security gives to claims: {@code exp},
	 * {@code iat} and {@code nbf} are instants, {@code aud} is a list of strings. The
	 * issuer is unchanged.
	 * @throws IllegalArgumentException if a claim cannot be converted, or the times
	 * contradict each other
	 */
	Jwt of(String value, TokenContent content, AccessToken token);

	/**
	 * Create the JWT of a token whose grants were combined with others.
	 * @param jwt the JWT that {@link #of} created
	 * @param token the access token with the combined grants
	 * @return a JWT with the same header and claims
	 */
	Jwt with(Jwt jwt, AccessToken token);

	/**
	 * Estimate the heap that the content of such a JWT occupies in the cache.
	 * @param token the access token
	 * @param answer the introspection response that is stored with it; empty if there is
	 * none
	 * @return a number of bytes, without the text of the token
	 */
	int retainedSize(AccessToken token, Map<String, Object> answer);

}
