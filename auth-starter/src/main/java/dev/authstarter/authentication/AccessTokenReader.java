package dev.authstarter.authentication;

import java.util.Set;

import dev.authstarter.AccessToken;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;

/**
 * Reads the access token of an authentication of Spring Security.
 */
@FunctionalInterface
public interface AccessTokenReader {

	/**
	 * Read the caller's access token.
	 * @param authentication the current authentication, or {@code null} for none
	 * @return the access token, or {@code null} if the caller did not present one. If
	 * code outside this library converted the token into authorities (Spring Security's
	 * test support, a converter of the application), the scopes, roles and permissions
	 * are read from those authorities.
	 */
	@Nullable AccessToken read(@Nullable Authentication authentication);

	/**
	 * Read the scopes of the caller's access token as the issuer granted them, regardless
	 * of the authorities that other code derived from them. Use them for the text of a
	 * refusal only, not for access decisions: such code may have removed scopes.
	 * @param authentication the current authentication, or {@code null} for none
	 * @return the scopes, empty if the caller presented no token
	 */
	default Set<String> issuedScopes(@Nullable Authentication authentication) {
		AccessToken token = read(authentication);
		return (token != null) ? token.scopes() : Set.of();
	}

}
