package dev.authstarter.authentication;

import dev.authstarter.token.RefusedToken;

import org.springframework.security.oauth2.jwt.JwtException;

/**
 * Refused tokens as exceptions of Spring Security's decoders.
 */
public final class RefusedTokens {

	private RefusedTokens() {
	}

	/**
	 * Make the exception that a decoder throws.
	 * @param refused what was refused, and why
	 * @return a {@link org.springframework.security.oauth2.jwt.BadJwtException} where the
	 * token is to blame, otherwise one that stands for a failure of the service
	 */
	public static JwtException exception(RefusedToken refused) {
		return (refused.reason().status() < 500) ? new RefusedTokenException(refused)
				: new UnverifiableTokenException(refused);
	}

}
