package dev.authstarter.token;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.nimbusds.jose.jwk.JWK;
import dev.authstarter.AccessToken;
import dev.authstarter.AuthListeners;
import dev.authstarter.Reason;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.TrustedIssuers;
import dev.authstarter.claims.VerifiedJwts;
import dev.authstarter.keys.KeysUnavailableException;
import dev.authstarter.keys.TrustedKeys;
import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

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

	private final VerifiedJwts jwts;

	private final @Nullable VerifiedTokens verified;

	private final @Nullable Introspection introspection;

	private final List<OAuth2TokenValidator<Jwt>> rules;

	private final AuthListeners listeners;

	private final KnownHeaders headers = new KnownHeaders();

	private final Signatures signatures = new Signatures();

	AccessTokenDecoder(TrustedIssuers issuers, int maximumLength, TokenPolicy policy, TrustedKeys keys,
			VerifiedJwts jwts, @Nullable VerifiedTokens verified, @Nullable Introspection introspection,
			List<OAuth2TokenValidator<Jwt>> rules, AuthListeners listeners) {
		this.issuers = issuers;
		this.maximumLength = maximumLength;
		this.policy = policy;
		this.keys = keys;
		this.jwts = jwts;
		this.verified = verified;
		this.introspection = introspection;
		this.rules = rules;
		this.listeners = listeners;
	}

	@Override
	public Jwt decode(String token) {
		if (token.length() > this.maximumLength) {
			throw new RefusedTokenException(Reason.TOKEN_TOO_LONG);
		}
		VerifiedToken verified = recall(token);
		if (verified == null) {
			verified = (this.introspection != null && !CompactJws.hasForm(token))
					? introspect(token, this.introspection) : verify(token);
		}
		for (OAuth2TokenValidator<Jwt> rule : this.rules) {
			require(!rule.validate(verified.jwt()).hasErrors(), Reason.REFUSED_BY_RULE, verified.issuer());
		}
		this.listeners.accepted(verified.issuer());
		return verified.jwt();
	}

	/**
	 * Return a token that was verified before, unless its time is over or the keys
	 * changed: then it is judged like any other.
	 */
	private @Nullable VerifiedToken recall(String token) {
		VerifiedToken known = (this.verified != null) ? this.verified.find(token) : null;
		if (this.verified == null || known == null) {
			return null;
		}
		if (known.generation() == generation(known.issuer()) && this.policy.refuseNow(known.claims()) == null) {
			return known;
		}
		this.verified.forget(token);
		return null;
	}

	private VerifiedToken verify(String token) {
		CompactJws jws = parse(token);
		TrustedIssuer issuer = issuerOf(jws);
		Map<String, Object> header = jws.header().members();
		requirePolicy(issuer, header, jws.claims());
		// Before the keys are looked at: what changes afterwards changes this, too.
		Object generation = generation(issuer);
		List<JWK> keys = keys(issuer, jws, generation);
		requireSignature(issuer, jws, keys);
		this.headers.remember(jws, issuer, generation, keys);
		VerifiedToken verified = toVerified(token, header, issuer, this.policy.read(issuer, header, jws.claims()),
				generation);
		if (this.verified != null && generation != null) {
			this.verified.remember(verified);
		}
		return verified;
	}

	private CompactJws parse(String token) {
		try {
			return CompactJws.parse(token, this.headers);
		}
		catch (RefusedTokenException ex) {
			// Where all of it could be decoded, each of its characters was looked at.
			require(Token68.matches(token), Reason.MALFORMED_REQUEST);
			throw ex;
		}
	}

	/**
	 * What the issuer says of an opaque token is judged like the claims of a JWT. Spring
	 * Security's type wants a header, so it gets one that says what this is.
	 */
	private VerifiedToken introspect(String token, Introspection introspection) {
		require(Token68.matches(token), Reason.MALFORMED_REQUEST);
		require(!JoseForm.matches(token), Reason.MALFORMED_TOKEN);
		Map<String, Object> claims = new LinkedHashMap<>(introspection.ask(token).orRefuse(null));
		TrustedIssuer issuer = this.issuers.first();
		claims.putIfAbsent("iss", issuer.issuer());
		require(issuer.equals(this.issuers.find(claims)), Reason.WRONG_ISSUER);
		Reason reason = IntrospectedType.refuse(claims);
		if (reason != null) {
			throw new RefusedTokenException(reason, issuer);
		}
		requirePolicy(issuer, Map.of(), claims);
		return toVerified(token, OPAQUE, issuer, this.policy.read(issuer, OPAQUE, claims), null);
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
		require(issuer.algorithms().contains(jws.header().algorithm()), Reason.ALGORITHM_NOT_ALLOWED, issuer);
		return issuer;
	}

	private @Nullable Object generation(TrustedIssuer issuer) {
		try {
			return this.keys.generation(issuer.issuer());
		}
		catch (KeysUnavailableException ex) {
			throw new UnverifiableTokenException(Reason.KEYS_UNAVAILABLE, issuer, ex);
		}
	}

	private List<JWK> keys(TrustedIssuer issuer, CompactJws jws, @Nullable Object generation) {
		List<JWK> known = this.headers.keys(jws, issuer, generation);
		if (known != null) {
			return known;
		}
		try {
			return this.keys.find(issuer.issuer(), jws.header().jws());
		}
		catch (KeysUnavailableException ex) {
			throw new UnverifiableTokenException(Reason.KEYS_UNAVAILABLE, issuer, ex);
		}
	}

	private void requireSignature(TrustedIssuer issuer, CompactJws jws, List<JWK> candidates) {
		require(!candidates.isEmpty(), Reason.UNKNOWN_KEY, issuer);
		if (!isSigned(jws, candidates)) {
			require(isSigned(jws, replacements(issuer, jws, candidates)), Reason.BAD_SIGNATURE, issuer);
		}
	}

	private boolean isSigned(CompactJws jws, List<JWK> candidates) {
		return candidates.stream().anyMatch((candidate) -> this.signatures.verify(jws, candidate));
	}

	private List<JWK> replacements(TrustedIssuer issuer, CompactJws jws, List<JWK> failed) {
		try {
			return this.keys.findReplacements(issuer.issuer(), jws.header().jws(), failed);
		}
		catch (KeysUnavailableException ex) {
			throw new UnverifiableTokenException(Reason.KEYS_UNAVAILABLE, issuer, ex);
		}
	}

	private VerifiedToken toVerified(String token, Map<String, Object> header, TrustedIssuer issuer,
			AccessToken accessToken, @Nullable Object generation) {
		try {
			return new VerifiedToken(this.jwts.of(token, header, accessToken), accessToken.claims(), issuer, generation,
					(generation != null) ? this.jwts.retainedSize(accessToken) : 0);
		}
		catch (IllegalArgumentException ex) {
			throw new RefusedTokenException(Reason.MALFORMED_TOKEN, issuer);
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
