package dev.authstarter.authentication;

import dev.authstarter.token.RefusedToken;

import org.springframework.security.oauth2.jwt.JwtException;

/**
 * Converts refused tokens to exceptions of Spring Security's decoders.
 */
public final class RefusedTokens {

	private RefusedTokens() {
	}

	/**
	 * Create the exception that a decoder throws.
	 * @param refused the refused token with its reason
	 * @return a {@link org.springframework.security.oauth2.jwt.BadJwtException} if the
	 * token is invalid, otherwise an exception for a failure of the service
	 */
	public static JwtException exception(RefusedToken refused) {
		return (refused.reason().status() < 500) ? new RefusedTokenException(refused)
				: new UnverifiableTokenException(refused);
	}

}
