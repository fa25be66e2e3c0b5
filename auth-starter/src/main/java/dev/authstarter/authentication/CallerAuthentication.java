package dev.authstarter.authentication;

import java.util.Collection;

import dev.authstarter.AccessToken;

import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/**
 * The authentication of a caller in our own chain. Its type tells that nobody else turned
 * the token into authorities.
 */
@SuppressWarnings("serial")
final class CallerAuthentication extends JwtAuthenticationToken {

	private final CallerJwt caller;

	CallerAuthentication(CallerJwt caller, Collection<GrantedAuthority> authorities) {
		super(caller, caller, authorities);
		this.caller = caller;
	}

	AccessToken accessToken() {
		return this.caller.accessToken();
	}

	/** Spring Security adds authorities only to types that declare this themselves. */
	@Override
	public Builder<?> toBuilder() {
		return super.toBuilder();
	}

	/** Without principal and authorities, which say what the claims say. */
	@Override
	public String toString() {
		return "CallerAuthentication [Authenticated=" + isAuthenticated() + "]";
	}

}
