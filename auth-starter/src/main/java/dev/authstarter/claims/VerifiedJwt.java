package dev.authstarter.claims;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import dev.authstarter.AccessToken;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;

/**
 * A verified token as Spring Security wants it, with what was read of it. In our own
 * chain it is the caller as well.
 */
@SuppressWarnings("serial")
final class VerifiedJwt extends SharedJwt implements OAuth2AuthenticatedPrincipal {

	private final transient AccessToken accessToken;

	private final List<GrantedAuthority> authorities;

	private transient volatile @Nullable AccessTokenPrincipal principal;

	VerifiedJwt(String value, Map<String, Object> header, Map<String, Object> claims, AccessToken accessToken,
			List<GrantedAuthority> authorities) {
		super(value, (Instant) claims.get("iat"), (Instant) claims.get("exp"), header, claims);
		this.accessToken = accessToken;
		this.authorities = authorities;
	}

	AccessToken accessToken() {
		return this.accessToken;
	}

	/**
	 * The caller for other chains, where an authentication of Spring Security's own type
	 * has to tell by its principal that these authorities are ours.
	 */
	AccessTokenPrincipal principal() {
		AccessTokenPrincipal made = this.principal;
		if (made == null) {
			made = new AccessTokenPrincipal(this, this.accessToken, this.authorities);
			this.principal = made;
		}
		return made;
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
