package dev.authstarter.token;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.nimbusds.jose.jwk.JWK;
import dev.authstarter.AccessToken;
import dev.authstarter.Reason;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.event.AuthListeners;
import dev.authstarter.introspection.CompletedClaims;
import dev.authstarter.introspection.IntrospectedType;
import dev.authstarter.introspection.Introspection;
import dev.authstarter.introspection.IntrospectionAnswer;
import dev.authstarter.introspection.Introspections;
import dev.authstarter.issuer.TrustedIssuers;
import dev.authstarter.issuer.UnresolvedIssuerException;
import dev.authstarter.jose.CompactJws;
import dev.authstarter.jose.JoseForm;
import dev.authstarter.jose.KnownHeaders;
import dev.authstarter.jose.RefusedTokenException;
import dev.authstarter.jose.SignatureVerifier;
import dev.authstarter.jose.Token68;
import dev.authstarter.jose.UnverifiableTokenException;
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

	private final @Nullable TokenCache verified;

	private final Introspections introspections;

	private final List<OAuth2TokenValidator<Jwt>> rules;

	private final AuthListeners listeners;

	private final KnownHeaders headers = new KnownHeaders();

	private final SignatureVerifier signatures = new SignatureVerifier();

	AccessTokenDecoder(TrustedIssuers issuers, int maximumLength, TokenPolicy policy, TrustedKeys keys,
			VerifiedJwts jwts, @Nullable TokenCache verified, Introspections introspections,
			List<OAuth2TokenValidator<Jwt>> rules, AuthListeners listeners) {
		this.issuers = issuers;
		this.maximumLength = maximumLength;
		this.policy = policy;
		this.keys = keys;
		this.jwts = jwts;
		this.verified = verified;
		this.introspections = introspections;
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
			verified = CompactJws.hasForm(token) ? verify(token) : introspect(token);
		}
		for (OAuth2TokenValidator<Jwt> rule : this.rules) {
			require(!rule.validate(verified.jwt()).hasErrors(), Reason.REFUSED_BY_RULE, verified.issuer());
		}
		this.listeners.tokenAccepted(verified.issuer());
		return verified.jwt();
	}

	/**
	 * Return a token that was verified before, unless its time is over, the keys changed
	 * or its issuer says something else of it: then it is judged like any other.
	 */
	private @Nullable VerifiedToken recall(String token) {
		VerifiedToken known = (this.verified != null) ? this.verified.find(token) : null;
		if (this.verified == null || known == null) {
			return null;
		}
		if (isTrusted(known.issuer()) && known.keyVersion() == keyVersion(known.issuer())
				&& this.policy.refuseNow(known.claims()) == null
				&& Objects.equals(known.answer(), ask(known.issuer(), token))) {
			return known;
		}
		this.verified.forget(token);
		return null;
	}

	/**
	 * Ask the issuer of a genuine token about it, if it is to be asked.
	 * @return what it says of an active token, or {@code null} if it is not asked
	 */
	private @Nullable IntrospectionAnswer ask(TrustedIssuer issuer, String token) {
		Introspection introspection = this.introspections.jwts().get(issuer);
		if (introspection == null) {
			return null;
		}
		IntrospectionAnswer answer = introspection.askAboutVerified(token);
		answer.orRefuse(issuer);
		return answer;
	}

	private VerifiedToken verify(String token) {
		CompactJws jws = parse(token);
		TrustedIssuer issuer = issuerOf(jws);
		Map<String, Object> header = jws.header().members();
		Introspection introspection = this.introspections.jwts().get(issuer);
		require((introspection != null) ? this.policy.refuseSigned(issuer, header, jws.claims())
				: this.policy.refuse(issuer, header, jws.claims()), issuer);
		// Before the keys are looked at: what changes afterwards changes this, too.
		Object keyVersion = keyVersion(issuer);
		List<JWK> keys = keys(issuer, jws, keyVersion);
		requireSignature(issuer, jws, keys);
		this.headers.remember(jws, issuer, keyVersion, keys);
		IntrospectionAnswer answer = ask(issuer, token);
		Map<String, Object> claims = (answer != null) ? complete(issuer, header, jws.claims(), answer) : jws.claims();
		VerifiedToken verified = toVerified(token, header, issuer, this.policy.read(issuer, header, claims), keyVersion,
				answer);
		if (this.verified != null && keyVersion != null && (introspection == null || introspection.remembers())) {
			this.verified.remember(verified);
		}
		return verified;
	}

	private Map<String, Object> complete(TrustedIssuer issuer, Map<String, Object> header, Map<String, Object> signed,
			IntrospectionAnswer answer) {
		require(CompletedClaims.refuse(signed, answer.claims()), issuer);
		Map<String, Object> claims = CompletedClaims.of(signed, answer.claims());
		require(this.policy.refuse(issuer, header, claims), issuer);
		return claims;
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
	private VerifiedToken introspect(String token) {
		require(Token68.matches(token), Reason.MALFORMED_REQUEST);
		Introspection introspection = this.introspections.opaque();
		TrustedIssuer issuer = this.introspections.opaqueIssuer();
		if (introspection == null || issuer == null || JoseForm.matches(token)) {
			throw new RefusedTokenException(Reason.MALFORMED_TOKEN);
		}
		Map<String, Object> claims = new LinkedHashMap<>(introspection.ask(token).orRefuse(null));
		claims.putIfAbsent("iss", issuer.issuer());
		require(issuer.equals(this.issuers.find(claims)), Reason.WRONG_ISSUER);
		require(IntrospectedType.refuse(claims), issuer);
		require(this.policy.refuse(issuer, Map.of(), claims), issuer);
		return toVerified(token, OPAQUE, issuer, this.policy.read(issuer, OPAQUE, claims), null, null);
	}

	private boolean isTrusted(TrustedIssuer issuer) {
		try {
			return this.issuers.trusts(issuer);
		}
		catch (UnresolvedIssuerException ex) {
			throw new UnverifiableTokenException(Reason.KEYS_UNAVAILABLE, issuer, ex);
		}
	}

	/** Nobody has verified the name yet: it selects an issuer, no more. */
	private TrustedIssuer issuerOf(CompactJws jws) {
		TrustedIssuer issuer = resolve(jws.claims());
		if (issuer == null) {
			throw new RefusedTokenException(Reason.WRONG_ISSUER);
		}
		require(issuer.algorithms().contains(jws.header().algorithm()), Reason.ALGORITHM_NOT_ALLOWED, issuer);
		return issuer;
	}

	private @Nullable TrustedIssuer resolve(Map<String, Object> claims) {
		try {
			return this.issuers.resolve(claims);
		}
		catch (UnresolvedIssuerException ex) {
			throw new UnverifiableTokenException(Reason.KEYS_UNAVAILABLE, null, ex);
		}
	}

	private @Nullable Object keyVersion(TrustedIssuer issuer) {
		try {
			return this.keys.keyVersion(issuer);
		}
		catch (KeysUnavailableException ex) {
			throw new UnverifiableTokenException(Reason.KEYS_UNAVAILABLE, issuer, ex);
		}
	}

	private List<JWK> keys(TrustedIssuer issuer, CompactJws jws, @Nullable Object keyVersion) {
		List<JWK> known = this.headers.keys(jws, issuer, keyVersion);
		if (known != null) {
			return known;
		}
		try {
			return this.keys.find(issuer, jws.header().jws());
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
			return this.keys.findReplacements(issuer, jws.header().jws(), failed);
		}
		catch (KeysUnavailableException ex) {
			throw new UnverifiableTokenException(Reason.KEYS_UNAVAILABLE, issuer, ex);
		}
	}

	private VerifiedToken toVerified(String token, Map<String, Object> header, TrustedIssuer issuer,
			AccessToken accessToken, @Nullable Object keyVersion, @Nullable IntrospectionAnswer answer) {
		try {
			return new VerifiedToken(this.jwts.of(token, header, accessToken), accessToken.claims(), issuer, keyVersion,
					answer, (keyVersion != null)
							? this.jwts.retainedSize(accessToken, (answer != null) ? answer.claims() : Map.of()) : 0);
		}
		catch (IllegalArgumentException ex) {
			throw new RefusedTokenException(Reason.MALFORMED_TOKEN, issuer);
		}
	}

	private static void require(@Nullable Reason refused, TrustedIssuer issuer) {
		if (refused != null) {
			throw new RefusedTokenException(refused, issuer);
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
