package dev.authstarter.claims;

import java.util.Collection;
import java.util.Map;

import dev.authstarter.AccessToken;

import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * The caller: Spring Security's {@link Jwt}, so that {@code @AuthenticationPrincipal Jwt}
 * works, with what it says in our words.
 */
@SuppressWarnings("serial")
final class AccessTokenPrincipal extends SharedJwt implements OAuth2AuthenticatedPrincipal {

	private final transient AccessToken accessToken;

	private final Collection<GrantedAuthority> authorities;

	AccessTokenPrincipal(Jwt jwt, AccessToken accessToken, Collection<GrantedAuthority> authorities) {
		super(jwt.getTokenValue(), jwt.getIssuedAt(), jwt.getExpiresAt(), jwt.getHeaders(), jwt.getClaims());
		this.accessToken = accessToken;
		this.authorities = authorities;
	}

	AccessToken accessToken() {
		return this.accessToken;
	}

	@Override
	public Map<String, Object> getAttributes() {
		return getClaims();
	}

	@Override
	public Collection<? extends GrantedAuthority> getAuthorities() {
		return this.authorities;
	}

	@Override
	public String getName() {
		return this.accessToken.subject();
	}

}
