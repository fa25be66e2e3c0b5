package dev.authstarter.authentication;

import java.util.Collection;

import dev.authstarter.AccessToken;

import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/**
 * The authentication of a caller in this library's chain. Its type shows that no other
 * code converted the token into authorities.
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

	/** Return a text without principal and authorities, which contain claims. */
	@Override
	public String toString() {
		return "CallerAuthentication [Authenticated=" + isAuthenticated() + "]";
	}

}
