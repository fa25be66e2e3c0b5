package dev.authstarter.claims;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Spring Security's {@link Jwt} without its copies: it keeps headers and claims of its
 * own, and ours cannot be changed already.
 */
@SuppressWarnings("serial")
abstract class SharedJwt extends Jwt {

	/** What is left to copy, since it must not be empty. Nobody reads it. */
	private static final Map<String, Object> UNREAD = Map.of("unread", "");

	private final Map<String, Object> headers;

	private final Map<String, Object> claims;

	/**
	 * Share the maps.
	 * @param headers the JOSE header, immutable
	 * @param claims the claims, immutable
	 */
	SharedJwt(String value, @Nullable Instant issuedAt, @Nullable Instant expiresAt, Map<String, Object> headers,
			Map<String, Object> claims) {
		super(value, issuedAt, expiresAt, UNREAD, UNREAD);
		this.headers = headers;
		this.claims = claims;
	}

	@Override
	public final Map<String, Object> getHeaders() {
		return this.headers;
	}

	@Override
	public final Map<String, Object> getClaims() {
		return this.claims;
	}

}
