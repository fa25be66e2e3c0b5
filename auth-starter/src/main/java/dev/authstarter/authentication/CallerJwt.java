package dev.authstarter.authentication;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.authstarter.AccessToken;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * The caller as Spring Security's {@link Jwt}, so that
 * {@code @AuthenticationPrincipal Jwt} works, together with its access token. Shares
 * headers and claims, which a {@code Jwt} would copy.
 * <p>
 * Its JSON omits the token, and the getter of the issuer, which fails if the issuer is
 * not a URL; the claims contain it.
 */
@JsonIgnoreProperties({ "tokenValue", "issuer" })
@SuppressWarnings("serial")
public class CallerJwt extends Jwt implements OAuth2AuthenticatedPrincipal {

	/**
	 * Passed to the superclass, which copies its maps and requires them to be not empty.
	 * It is never read.
	 */
	private static final Map<String, Object> UNREAD = Map.of("unread", "");

	private final Map<String, Object> headers;

	private final Map<String, Object> claims;

	private final AccessToken accessToken;

	private final Collection<GrantedAuthority> authorities;

	private transient volatile @Nullable AccessTokenPrincipal principal;

	/**
	 * Create the caller of a verified token.
	 * @param headers the JOSE header, immutable
	 * @param claims the claims with Spring Security's types, immutable
	 */
	CallerJwt(String value, Map<String, Object> headers, Map<String, Object> claims, AccessToken accessToken,
			Collection<GrantedAuthority> authorities) {
		this(value, (Instant) claims.get("iat"), (Instant) claims.get("exp"), headers, claims, accessToken,
				authorities);
	}

	/**
	 * Share the maps.
	 * @param headers the JOSE header, immutable
	 * @param claims the claims, immutable
	 */
	CallerJwt(String value, @Nullable Instant issuedAt, @Nullable Instant expiresAt, Map<String, Object> headers,
			Map<String, Object> claims, AccessToken accessToken, Collection<GrantedAuthority> authorities) {
		super(value, issuedAt, expiresAt, UNREAD, UNREAD);
		this.headers = headers;
		this.claims = claims;
		this.accessToken = accessToken;
		this.authorities = authorities;
	}

	/**
	 * Return the caller for chains of the application. Created on first use, because most
	 * applications have no such chain.
	 */
	final AccessTokenPrincipal principal() {
		AccessTokenPrincipal made = this.principal;
		if (made == null) {
			made = new AccessTokenPrincipal(this, this.accessToken, this.authorities);
			this.principal = made;
		}
		return made;
	}

	/**
	 * Return the access token.
	 * @return the access token that was read from the claims
	 */
	public final AccessToken accessToken() {
		return this.accessToken;
	}

	@Override
	public final Map<String, Object> getHeaders() {
		return this.headers;
	}

	@Override
	public final Map<String, Object> getClaims() {
		return this.claims;
	}

	@Override
	public final Map<String, Object> getAttributes() {
		return this.claims;
	}

	@Override
	public final Collection<GrantedAuthority> getAuthorities() {
		return this.authorities;
	}

	@Override
	public final String getName() {
		return this.accessToken.subject();
	}

	/** Return a text without the token; the inherited text contains a hash of it. */
	@Override
	public final String toString() {
		return getClass().getSimpleName();
	}

}
