package dev.authstarter.token;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.nimbusds.jose.jwk.JWK;
import dev.authstarter.Reason;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.TrustedIssuers;
import dev.authstarter.keys.KeysUnavailableException;
import dev.authstarter.keys.TrustedKeys;

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

	private final TrustedIssuers issuers;

	private final int maximumLength;

	private final TokenPolicy policy;

	private final TrustedKeys keys;

	private final List<OAuth2TokenValidator<Jwt>> rules;

	/** As Spring Security converts them, but the issuer stays as it is written. */
	private final Converter<Map<String, Object>, Map<String, Object>> claimTypes = MappedJwtClaimSetConverter
		.withDefaults(Map.of("iss", (issuer) -> issuer));

	AccessTokenDecoder(TrustedIssuers issuers, int maximumLength, TokenPolicy policy, TrustedKeys keys,
			List<OAuth2TokenValidator<Jwt>> rules) {
		this.issuers = issuers;
		this.maximumLength = maximumLength;
		this.policy = policy;
		this.keys = keys;
		this.rules = rules;
	}

	@Override
	public Jwt decode(String token) {
		if (token.length() > this.maximumLength) {
			throw new RefusedTokenException(Reason.TOKEN_TOO_LONG);
		}
		CompactJws jws = CompactJws.parse(token);
		TrustedIssuer issuer = issuerOf(jws);
		Reason reason = this.policy.refuse(issuer, jws);
		if (reason != null) {
			throw new RefusedTokenException(reason);
		}
		requireSignature(issuer, jws);
		requireGrants(issuer, jws);
		Jwt jwt = toJwt(jws);
		requireRules(jwt);
		return jwt;
	}

	/** Nobody has verified the name yet: it selects from the configured list, no more. */
	private TrustedIssuer issuerOf(CompactJws jws) {
		TrustedIssuer issuer = this.issuers.find(jws.claims().get("iss"));
		if (issuer == null) {
			throw new RefusedTokenException(Reason.WRONG_ISSUER);
		}
		require(issuer.algorithms().contains(jws.algorithm()), Reason.ALGORITHM_NOT_ALLOWED);
		return issuer;
	}

	private void requireSignature(TrustedIssuer issuer, CompactJws jws) {
		List<JWK> candidates;
		try {
			candidates = this.keys.find(issuer.issuer(), jws.jwsHeader());
		}
		catch (KeysUnavailableException ex) {
			throw new UnverifiableTokenException(Reason.KEYS_UNAVAILABLE, ex);
		}
		require(!candidates.isEmpty(), Reason.UNKNOWN_KEY);
		require(candidates.stream().anyMatch((key) -> Signatures.verify(jws, key)), Reason.BAD_SIGNATURE);
	}

	/** After the signature: what a caller lacks is said to genuine callers only. */
	private void requireGrants(TrustedIssuer issuer, CompactJws jws) {
		Reason reason = this.policy.refuseGrants(issuer, jws);
		if (reason != null) {
			throw new RefusedTokenException(reason);
		}
	}

	private Jwt toJwt(CompactJws jws) {
		try {
			Map<String, Object> claims = this.claimTypes.convert(jws.claims());
			return new Jwt(jws.value(), (Instant) claims.get("iat"), (Instant) claims.get("exp"), jws.header(), claims);
		}
		catch (IllegalArgumentException | IllegalStateException | ConversionException ex) {
			throw new RefusedTokenException(Reason.MALFORMED_TOKEN);
		}
	}

	private void requireRules(Jwt jwt) {
		for (OAuth2TokenValidator<Jwt> rule : this.rules) {
			require(!rule.validate(jwt).hasErrors(), Reason.REFUSED_BY_RULE);
		}
	}

	private static void require(boolean condition, Reason reason) {
		if (!condition) {
			throw new RefusedTokenException(reason);
		}
	}

}
