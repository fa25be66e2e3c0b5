package dev.authstarter.authentication;

import java.util.Collection;

import dev.authstarter.AccessToken;

import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * The caller in chains that use Spring Security's own authentication types. This
 * principal type shows that no other code converted the token into authorities.
 */
@SuppressWarnings("serial")
public final class AccessTokenPrincipal extends CallerJwt {

	AccessTokenPrincipal(Jwt jwt, AccessToken accessToken, Collection<GrantedAuthority> authorities) {
		super(jwt.getTokenValue(), jwt.getIssuedAt(), jwt.getExpiresAt(), jwt.getHeaders(), jwt.getClaims(),
				accessToken, authorities);
	}

}
