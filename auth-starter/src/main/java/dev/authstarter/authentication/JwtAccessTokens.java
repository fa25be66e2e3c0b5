package dev.authstarter.authentication;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import dev.authstarter.AccessToken;
import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import dev.authstarter.RefusedException;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.claims.ClaimReader;
import dev.authstarter.claims.ClaimReaders;
import dev.authstarter.issuer.TrustedIssuers;
import dev.authstarter.issuer.UnresolvedIssuerException;
import dev.authstarter.token.VerifiedJwts;
import dev.authstarter.token.check.TokenContent;
import dev.authstarter.token.check.TokenFormat;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/**
 * Reads the access token from Spring Security's {@link Jwt}.
 */
final class JwtAccessTokens implements AccessTokenReader, VerifiedJwts {

	/**
	 * Spring Security's type requires a header, so that an opaque token gets this one.
	 */
	private static final Map<String, Object> OPAQUE = Map.of("typ", "opaque");

	private final TrustedIssuers issuers;

	private final ClaimReaders providers;

	private final Authorities authorities;

	JwtAccessTokens(TrustedIssuers issuers, ClaimReaders providers, Authorities authorities) {
		this.issuers = issuers;
		this.providers = providers;
		this.authorities = authorities;
	}

	@Override
	public Jwt of(String value, TokenContent content, AccessToken token) {
		Map<String, Object> header = (content.format() == TokenFormat.OPAQUE) ? OPAQUE : content.header();
		return new CallerJwt(value, header, ClaimTypes.convert(token.claims()), token, this.authorities.of(token));
	}

	@Override
	public Jwt with(Jwt jwt, AccessToken token) {
		return new CallerJwt(jwt.getTokenValue(), jwt.getIssuedAt(), jwt.getExpiresAt(), jwt.getHeaders(),
				jwt.getClaims(), token, this.authorities.of(token));
	}

	@Override
	public int retainedSize(AccessToken token, Map<String, Object> answer) {
		return RetainedSize.of(token, this.authorities.unshared(token)) + RetainedSize.ofAnswer(answer);
	}

	/**
	 * Convert a verified token to the caller.
	 * @throws RefusedException if the token names neither subject nor client
	 */
	AccessTokenPrincipal principal(Jwt jwt) {
		if (jwt instanceof CallerJwt verified) {
			return verified.principal();
		}
		// Created by another decoder.
		AccessToken token = read(jwt);
		return new AccessTokenPrincipal(jwt, token, this.authorities.of(token));
	}

	/**
	 * Convert a verified token to the caller's authentication. As with Spring Security's
	 * own converter, it states that the caller authenticated by a bearer token, and when.
	 * @throws RefusedException if the token names neither subject nor client
	 */
	AbstractAuthenticationToken authentication(Jwt jwt) {
		if (jwt instanceof CallerJwt verified) {
			return new CallerAuthentication(verified, withFactor(verified.getAuthorities()));
		}
		AccessTokenPrincipal principal = principal(jwt);
		return new JwtAuthenticationToken(jwt, principal, withFactor(principal.getAuthorities()));
	}

	private static Collection<GrantedAuthority> withFactor(Collection<GrantedAuthority> granted) {
		Collection<GrantedAuthority> authorities = new ArrayList<>(granted.size() + 1);
		authorities.addAll(granted);
		authorities.add(FactorGrantedAuthority.fromAuthority(FactorGrantedAuthority.BEARER_AUTHORITY));
		return authorities;
	}

	@Override
	public @Nullable AccessToken read(@Nullable Authentication authentication) {
		if (authentication instanceof CallerAuthentication caller) {
			return caller.isAmended() ? reduced(caller) : caller.accessToken();
		}
		if (!(authentication instanceof JwtAuthenticationToken jwtAuthentication)) {
			return null;
		}
		if (jwtAuthentication.getPrincipal() instanceof AccessTokenPrincipal principal) {
			return principal.accessToken();
		}
		Jwt jwt = jwtAuthentication.getToken();
		AccessToken token = (jwt instanceof CallerJwt verified) ? verified.accessToken() : read(jwt);
		Collection<GrantedAuthority> granted = jwtAuthentication.getAuthorities();
		return token.withScopes(this.authorities.scopes(granted))
			.withRoles(this.authorities.roles(granted))
			.withPermissions(this.authorities.permissions(granted));
	}

	/** The token without the rights whose authorities other code has removed. */
	private AccessToken reduced(CallerAuthentication caller) {
		AccessToken token = caller.accessToken();
		Collection<GrantedAuthority> granted = caller.getAuthorities();
		return token.withScopes(both(token.scopes(), this.authorities.scopes(granted)))
			.withRoles(both(token.roles(), this.authorities.roles(granted)))
			.withPermissions(both(token.permissions(), this.authorities.permissions(granted)));
	}

	private static Set<String> both(Set<String> one, Set<String> other) {
		Set<String> both = new LinkedHashSet<>(one);
		both.retainAll(other);
		return both;
	}

	@Override
	public Set<String> issuedScopes(@Nullable Authentication authentication) {
		if (authentication instanceof JwtAuthenticationToken jwtAuthentication) {
			Jwt jwt = jwtAuthentication.getToken();
			return ((jwt instanceof CallerJwt caller) ? caller.accessToken() : read(jwt)).scopes();
		}
		return Set.of();
	}

	private AccessToken read(Jwt jwt) {
		Map<String, Object> claims = asIssued(jwt.getClaims());
		TrustedIssuer issuer = resolve(claims);
		ClaimReader provider = this.providers.of((issuer != null) ? issuer : this.issuers.first());
		AccessToken token = provider.read(TokenContent.jwt(jwt.getHeaders(), claims));
		if (token == null) {
			throw new RefusedException(Refusal.of(Reason.MISSING_CLAIM));
		}
		return token;
	}

	private @Nullable TrustedIssuer resolve(Map<String, Object> claims) {
		try {
			return this.issuers.resolve(claims);
		}
		catch (UnresolvedIssuerException ex) {
			throw new RefusedException(Refusal.of(Reason.KEYS_UNAVAILABLE));
		}
	}

	/**
	 * Spring Security converts the times to instants; selectors need the issued numbers.
	 */
	private static Map<String, Object> asIssued(Map<String, Object> claims) {
		Map<String, Object> issued = new LinkedHashMap<>(claims);
		issued.replaceAll((name, value) -> (value instanceof Instant instant) ? instant.getEpochSecond() : value);
		return issued;
	}

}
