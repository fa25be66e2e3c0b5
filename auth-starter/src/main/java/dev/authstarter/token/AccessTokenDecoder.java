package dev.authstarter.token;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import com.nimbusds.jose.jwk.JWK;
import dev.authstarter.AccessToken;
import dev.authstarter.Reason;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.claims.Provider;
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

	private final TrustedIssuer issuer;

	private final List<String> algorithms;

	private final int maximumLength;

	private final Provider provider;

	private final TokenTimes times;

	private final TrustedKeys keys;

	private final List<OAuth2TokenValidator<Jwt>> rules;

	private final Converter<Map<String, Object>, Map<String, Object>> claimTypes = MappedJwtClaimSetConverter
		.withDefaults(Map.of("iss", (issuer) -> issuer));

	AccessTokenDecoder(TrustedIssuer issuer, List<String> algorithms, int maximumLength, Provider provider,
			TokenTimes times, TrustedKeys keys, List<OAuth2TokenValidator<Jwt>> rules) {
		this.issuer = issuer;
		this.algorithms = algorithms;
		this.maximumLength = maximumLength;
		this.provider = provider;
		this.times = times;
		this.keys = keys;
		this.rules = rules;
	}

	@Override
	public Jwt decode(String token) {
		if (token.length() > this.maximumLength) {
			throw new RefusedTokenException(Reason.TOKEN_TOO_LONG);
		}
		CompactJws jws = CompactJws.parse(token, this.algorithms);
		requireIssuer(jws);
		requireAccessToken(jws);
		requireAudience(jws);
		requireTimes(jws);
		requireNoProofOfPossession(jws);
		requireSignature(jws);
		requireGrants(jws);
		Jwt jwt = toJwt(jws);
		requireRules(jwt);
		return jwt;
	}

	private void requireIssuer(CompactJws jws) {
		require(this.issuer.issuer().equals(jws.claims().get("iss")), Reason.WRONG_ISSUER);
	}

	private void requireAccessToken(CompactJws jws) {
		Reason reason = this.provider.refuseType(jws.header(), jws.claims());
		if (reason != null) {
			throw new RefusedTokenException(reason);
		}
	}

	private void requireAudience(CompactJws jws) {
		require(!Collections.disjoint(this.provider.audiences(jws.claims()), this.issuer.audiences()),
				Reason.WRONG_AUDIENCE);
	}

	private void requireTimes(CompactJws jws) {
		Reason reason = this.times.refuse(jws.claims());
		if (reason != null) {
			throw new RefusedTokenException(reason);
		}
	}

	/**
	 * A token bound to a key or a certificate must not pass as a plain bearer token (RFC
	 * 7800 section 3.1, RFC 9449 section 7.2).
	 */
	private void requireNoProofOfPossession(CompactJws jws) {
		require(jws.claims().get("cnf") == null, Reason.UNPROVEN_POSSESSION);
	}

	private void requireSignature(CompactJws jws) {
		List<JWK> candidates;
		try {
			candidates = this.keys.find(this.issuer.issuer(), jws.jwsHeader());
		}
		catch (KeysUnavailableException ex) {
			throw new UnverifiableTokenException(Reason.KEYS_UNAVAILABLE, ex);
		}
		require(!candidates.isEmpty(), Reason.UNKNOWN_KEY);
		require(candidates.stream().anyMatch((key) -> Signatures.verify(jws, key)), Reason.BAD_SIGNATURE);
	}

	/** After the signature: what a caller lacks is said to genuine callers only. */
	private void requireGrants(CompactJws jws) {
		AccessToken token = this.provider.read(jws.header(), jws.claims());
		Reason reason = (token != null) ? this.provider.refuseGrants(token) : Reason.MISSING_CLAIM;
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
