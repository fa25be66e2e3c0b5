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

	private final boolean amended;

	CallerAuthentication(CallerJwt caller, Collection<GrantedAuthority> authorities) {
		super(caller, caller, authorities);
		this.caller = caller;
		this.amended = false;
	}

	private CallerAuthentication(Amendment amendment, CallerJwt caller) {
		super(amendment);
		this.caller = caller;
		this.amended = true;
	}

	AccessToken accessToken() {
		return this.caller.accessToken();
	}

	/**
	 * Whether other code has built it from the original, for example Spring Security,
	 * which adds the authorities of another authentication of the same request. They are
	 * not rights of the token; but authorities may also be missing.
	 */
	boolean isAmended() {
		return this.amended;
	}

	/** Spring Security adds authorities only to types that declare this themselves. */
	@Override
	public Builder<?> toBuilder() {
		return new Amendment(this);
	}

	/** Return a text without principal and authorities, which contain claims. */
	@Override
	public String toString() {
		return "CallerAuthentication [Authenticated=" + isAuthenticated() + "]";
	}

	/**
	 * Builds an authentication that remains this library's unless it gets another token.
	 */
	private static final class Amendment extends Builder<Amendment> {

		private final CallerJwt caller;

		Amendment(CallerAuthentication authentication) {
			super(authentication);
			this.caller = authentication.caller;
		}

		@Override
		public JwtAuthenticationToken build() {
			JwtAuthenticationToken built = super.build();
			return built.getToken().equals(this.caller) ? new CallerAuthentication(this, this.caller) : built;
		}

	}

}
