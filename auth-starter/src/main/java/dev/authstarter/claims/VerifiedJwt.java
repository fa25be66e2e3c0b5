package dev.authstarter.claims;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.authstarter.AccessToken;

import org.springframework.security.core.GrantedAuthority;

/**
 * A verified token as Spring Security wants it, with what was read of it.
 */
@SuppressWarnings("serial")
final class VerifiedJwt extends SharedJwt {

	private final transient AccessTokenPrincipal principal;

	VerifiedJwt(String value, Map<String, Object> header, Map<String, Object> claims, AccessToken accessToken,
			List<GrantedAuthority> authorities) {
		super(value, (Instant) claims.get("iat"), (Instant) claims.get("exp"), header, claims);
		this.principal = new AccessTokenPrincipal(this, accessToken, authorities);
	}

	AccessTokenPrincipal principal() {
		return this.principal;
	}

}
