package dev.authstarter.claims;

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

}
