package dev.authstarter.token;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.nimbusds.jose.jwk.JWK;
import dev.authstarter.AuthListeners;
import dev.authstarter.Reason;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.TrustedIssuers;
import dev.authstarter.keys.KeysUnavailableException;
import dev.authstarter.keys.TrustedKeys;
import org.jspecify.annotations.Nullable;

import org.springframework.core.convert.ConversionException;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.MappedJwtClaimSetConverter;

/**
 * Accepts a genuine, fresh access token for this API and refuses everything else. What
 * costs nothing is judged first: a token that is expired or meant for another API never
 * reaches the signature.
 */
final class AccessTokenDecoder implements JwtDecoder {

	private static final Map<String, Object> OPAQUE = Map.of("typ", "opaque");

	private final TrustedIssuers issuers;

	private final int maximumLength;

	private final TokenPolicy policy;

	private final TrustedKeys keys;

	private final @Nullable Introspection introspection;

	private final List<OAuth2TokenValidator<Jwt>> rules;

	private final AuthListeners listeners;

	/** As Spring Security converts them, but the issuer stays as it is written. */
	private final Converter<Map<String, Object>, Map<String, Object>> claimTypes = MappedJwtClaimSetConverter
		.withDefaults(Map.of("iss", (issuer) -> issuer));

	AccessTokenDecoder(TrustedIssuers issuers, int maximumLength, TokenPolicy policy, TrustedKeys keys,
			@Nullable Introspection introspection, List<OAuth2TokenValidator<Jwt>> rules, AuthListeners listeners) {
		this.issuers = issuers;
		this.maximumLength = maximumLength;
		this.policy = policy;
		this.keys = keys;
		this.introspection = introspection;
		this.rules = rules;
		this.listeners = listeners;
	}

	@Override
	public Jwt decode(String token) {
		if (token.length() > this.maximumLength) {
			throw new RefusedTokenException(Reason.TOKEN_TOO_LONG);
		}
		Jwt jwt = (this.introspection != null && !CompactJws.hasForm(token)) ? introspect(token, this.introspection)
				: verify(token);
		for (OAuth2TokenValidator<Jwt> rule : this.rules) {
			require(!rule.validate(jwt).hasErrors(), Reason.REFUSED_BY_RULE);
		}
		return jwt;
	}

	private Jwt verify(String token) {
		CompactJws jws = CompactJws.parse(token);
		TrustedIssuer issuer = issuerOf(jws);
		requirePolicy(issuer, jws.header(), jws.claims());
		requireSignature(issuer, jws);
		requireGrants(issuer, jws.header(), jws.claims());
		this.listeners.accepted(issuer);
		return toJwt(token, jws.header(), jws.claims());
	}

	/**
	 * What the issuer says of an opaque token is judged like the claims of a JWT. Spring
	 * Security's type wants a header, so it gets one that says what this is.
	 */
	private Jwt introspect(String token, Introspection introspection) {
		Map<String, Object> claims = new LinkedHashMap<>(introspection.claims(token));
		TrustedIssuer issuer = this.issuers.first();
		claims.putIfAbsent("iss", issuer.issuer());
		require(issuer.equals(this.issuers.find(claims)), Reason.WRONG_ISSUER);
		requirePolicy(issuer, Map.of(), claims);
		requireGrants(issuer, OPAQUE, claims);
		this.listeners.accepted(issuer);
		return toJwt(token, OPAQUE, claims);
	}

	private void requirePolicy(TrustedIssuer issuer, Map<String, Object> header, Map<String, Object> claims) {
		Reason reason = this.policy.refuse(issuer, header, claims);
		if (reason != null) {
			throw new RefusedTokenException(reason, issuer);
		}
	}

	/** Nobody has verified the name yet: it selects from the configured list, no more. */
	private TrustedIssuer issuerOf(CompactJws jws) {
		TrustedIssuer issuer = this.issuers.find(jws.claims());
		if (issuer == null) {
			throw new RefusedTokenException(Reason.WRONG_ISSUER);
		}
		require(issuer.algorithms().contains(jws.algorithm()), Reason.ALGORITHM_NOT_ALLOWED, issuer);
		return issuer;
	}

	private void requireSignature(TrustedIssuer issuer, CompactJws jws) {
		List<JWK> candidates;
		try {
			candidates = this.keys.find(issuer.issuer(), jws.jwsHeader());
		}
		catch (KeysUnavailableException ex) {
			throw new UnverifiableTokenException(Reason.KEYS_UNAVAILABLE, issuer, ex);
		}
		require(!candidates.isEmpty(), Reason.UNKNOWN_KEY, issuer);
		require(candidates.stream().anyMatch((key) -> Signatures.verify(jws, key)), Reason.BAD_SIGNATURE, issuer);
	}

	/** After the signature: what a caller lacks is said to genuine callers only. */
	private void requireGrants(TrustedIssuer issuer, Map<String, Object> header, Map<String, Object> claims) {
		Reason reason = this.policy.refuseGrants(issuer, header, claims);
		if (reason != null) {
			throw new RefusedTokenException(reason, issuer);
		}
	}

	private Jwt toJwt(String token, Map<String, Object> header, Map<String, Object> issued) {
		try {
			Map<String, Object> claims = this.claimTypes.convert(issued);
			return new Jwt(token, (Instant) claims.get("iat"), (Instant) claims.get("exp"), header, claims);
		}
		catch (IllegalArgumentException | IllegalStateException | ConversionException ex) {
			throw new RefusedTokenException(Reason.MALFORMED_TOKEN);
		}
	}

	private static void require(boolean condition, Reason reason) {
		require(condition, reason, null);
	}

	private static void require(boolean condition, Reason reason, @Nullable TrustedIssuer issuer) {
		if (!condition) {
			throw new RefusedTokenException(reason, issuer);
		}
	}

}
