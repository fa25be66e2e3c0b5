package dev.authstarter.authentication;

import java.util.Set;

import dev.authstarter.AccessToken;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;

/**
 * Reads what Spring Security authenticated in the words of this library.
 */
@FunctionalInterface
public interface AccessTokenReader {

	/**
	 * Read the caller's access token.
	 * @param authentication the current authentication, or {@code null} for none
	 * @return what the token says, or {@code null} if the caller did not present one.
	 * When other code than ours turned the token into authorities (Spring Security's test
	 * support, a converter of the application), those authorities are what counts.
	 */
	@Nullable AccessToken read(@Nullable Authentication authentication);

	/**
	 * Read the scopes of the caller's access token as the issuer granted them, whatever
	 * authorities other code made of them. For the words of a refusal, never for a
	 * decision: such code may have taken scopes away.
	 * @param authentication the current authentication, or {@code null} for none
	 * @return the scopes, empty if the caller presented no token
	 */
	default Set<String> issuedScopes(@Nullable Authentication authentication) {
		AccessToken token = read(authentication);
		return (token != null) ? token.scopes() : Set.of();
	}

}
