package dev.authstarter.token;

import java.util.Map;

import dev.authstarter.AccessToken;
import dev.authstarter.token.check.TokenContent;

import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Makes Spring Security's {@link Jwt} of a verified token. It carries what was read of
 * it, so that nothing reads the claims again.
 */
public interface VerifiedJwts {

	/**
	 * Make the JWT of a verified token.
	 * @param value the token as it was sent
	 * @param content what the issuer wrote, or said of an opaque token
	 * @param token what it says
	 * @return the JWT, with the types that Spring Security gives to claims: {@code exp},
	 * {@code iat} and {@code nbf} are instants, {@code aud} is a list of strings. The
	 * issuer stays as it is written.
	 * @throws IllegalArgumentException if a claim has no such type, or the times
	 * contradict each other
	 */
	Jwt of(String value, TokenContent content, AccessToken token);

	/**
	 * Make the JWT of a token whose grants were combined with others.
	 * @param jwt the JWT that {@link #of} made of it
	 * @param token what it says now
	 * @return a JWT with the same header and claims
	 */
	Jwt with(Jwt jwt, AccessToken token);

	/**
	 * Estimate the heap that what such a JWT was read of takes while it is kept.
	 * @param token what it says
	 * @param answer what its issuer said of it, which is kept with it; empty where nobody
	 * was asked
	 * @return a number of bytes, without the text of the token
	 */
	int retainedSize(AccessToken token, Map<String, Object> answer);

}
