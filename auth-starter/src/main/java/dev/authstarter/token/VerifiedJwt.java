package dev.authstarter.token;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;

import dev.authstarter.AccessToken;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.GrantedAuthority;

/**
 * A verified token, which is the caller in our own chain.
 */
@SuppressWarnings("serial")
public final class VerifiedJwt extends CallerJwt {

	private transient volatile @Nullable AccessTokenPrincipal principal;

	public VerifiedJwt(String value, Map<String, Object> header, Map<String, Object> claims, AccessToken accessToken,
			Collection<GrantedAuthority> authorities) {
		super(value, (Instant) claims.get("iat"), (Instant) claims.get("exp"), header, claims, accessToken,
				authorities);
	}

	/** Made by the first other chain that asks: most applications have none. */
	public AccessTokenPrincipal principal() {
		AccessTokenPrincipal made = this.principal;
		if (made == null) {
			made = new AccessTokenPrincipal(this, accessToken(), getAuthorities());
			this.principal = made;
		}
		return made;
	}

}
