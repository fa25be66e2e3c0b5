package dev.authstarter.token;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import com.nimbusds.jose.JWSHeader;
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
import dev.authstarter.issuer.UnresolvedIssuerException;
import dev.authstarter.jose.CompactJws;
import dev.authstarter.jose.JoseForm;
import dev.authstarter.jose.KnownHeaders;
import dev.authstarter.jose.ParsedJws;
import dev.authstarter.jose.SignatureVerifier;
import dev.authstarter.jose.Token68;
import dev.authstarter.keys.KeyLookup;
import dev.authstarter.keys.KeySet;
import dev.authstarter.membership.MembershipAnswer;
import dev.authstarter.membership.Memberships;
import dev.authstarter.token.check.TokenContent;
import org.jspecify.annotations.Nullable;

/**
 * Accepts valid access tokens for this API and refuses all others. The checks that need
 * no signature come first, so that an expired token or one for another API is refused
 * before its signature is verified.
 * <p>
 * No method blocks. If keys or an introspection response have to be fetched, the
 * verification is {@link PendingVerification pending}.
 */
public final class TokenVerifier {

	private static final Introspections NO_INTROSPECTION = new Introspections(null, null, Map.of());

	private final IssuerPolicies policies;

	private final Introspections introspections;

	private final int maximumLength;

	private final @Nullable TokenCache verified;

	private final VerifiedJwts jwts;

	private final @Nullable Memberships memberships;

	private final @Nullable AuthListeners listeners;

	private final KnownHeaders headers = new KnownHeaders();

	private final SignatureVerifier signatures = new SignatureVerifier();

	/**
	 * Create a verifier.
	 * @param policies the policies of the issuers
	 * @param introspections the issuers whose introspection endpoints are called
	 * @param maximumLength the maximum number of characters of a token
	 * @param verified the cache of verified tokens, or {@code null}
	 * @param jwts create Spring Security's {@code Jwt} of a verified token
	 * @param memberships looks up callers in the application's store, or {@code null} if
	 * it has none
	 * @param listeners are notified of accepted tokens, or {@code null}
	 */
	TokenVerifier(IssuerPolicies policies, Introspections introspections, int maximumLength,
			@Nullable TokenCache verified, VerifiedJwts jwts, @Nullable Memberships memberships,
			@Nullable AuthListeners listeners) {
		this.policies = policies;
		this.introspections = introspections;
		this.maximumLength = maximumLength;
		this.verified = verified;
		this.jwts = jwts;
		this.memberships = memberships;
		this.listeners = listeners;
	}

	/**
	 * Return a verifier that only explains one token, to be used once. It uses the keys
	 * that are cached. It calls no issuer and none of the application's stores, resolvers
	 * and validators, and it stores, counts and reports nothing.
	 * @return a verifier with the same checks otherwise
	 */
	public TokenVerifier offline() {
		return new TokenVerifier(this.policies.offline(), NO_INTROSPECTION, this.maximumLength, null, this.jwts, null,
				null);
	}

	/**
	 * Return the maximum number of characters of a token.
	 * @return the configured limit
	 */
	public int maximumLength() {
		return this.maximumLength;
	}

	/**
	 * Verify a token.
	 * @param token the token of the request
	 * @return the result
	 */
	public Verification verify(PresentedToken token) {
		Verification known = verifyKnown(token);
		return (known != null) ? known : verifyNew(token.value());
	}

	/**
	 * Verify a token without verifying a signature, which is possible if the token was
	 * verified before with the current keys or is too long. Event loops verify only such
	 * tokens.
	 * @param token the token of the request
	 * @return the result, or {@code null} if the token has to be {@link #verify verified}
	 * like a new one
	 */
	public @Nullable Verification verifyKnown(PresentedToken token) {
		String value = token.value();
		if (value.length() > this.maximumLength) {
			return RefusedToken.because(Reason.TOKEN_TOO_LONG);
		}
		VerifiedToken known = (this.verified != null) ? this.verified.find(value) : null;
		return (known != null) ? verifyAgain(value, known) : null;
	}

	private Verification verifyNew(String token) {
		return CompactJws.hasForm(token) ? verifyJws(token) : introspect(token);
	}

	// A token that was verified before

	/**
	 * Accept a token that was verified before, unless the keys or the introspection
	 * response have changed: then it is verified like a new one.
	 * @return {@code null} if it has to be verified like a new one and this is known
	 * without waiting
	 */
	private @Nullable Verification verifyAgain(String token, VerifiedToken known) {
		IssuerPolicy policy = known.policy();
		try {
			if (!this.policies.trusts(policy)) {
				forget(token);
				return null;
			}
		}
		catch (UnresolvedIssuerException ex) {
			return refused(Reason.KEYS_UNAVAILABLE, policy);
		}
		KeyLookup keys = policy.keys().current();
		if (!(keys instanceof KeySet set)) {
			return withKeys(policy, keys, (arrived) -> verifyAgain(token, known, arrived));
		}
		if (known.keyVersion() != set.version()) {
			forget(token);
			return null;
		}
		return verifyAgain(token, known, set);
	}

	private Verification verifyAgain(String token, VerifiedToken known, KeySet keys) {
		if (known.keyVersion() != keys.version()) {
			return verifyAnew(token);
		}
		Introspection introspection = known.policy().introspection();
		if (introspection == null) {
			return accept(known);
		}
		// No introspection for a token that has expired.
		return known.policy().isOutOfTime(known.content()) ? verifyAnew(token)
				: withAnswer(known.policy().issuer(), introspection, introspection.askAboutVerified(token),
						(answer) -> Objects.equals(known.answer(), answer) ? accept(known) : verifyAnew(token));
	}

	private Verification verifyAnew(String token) {
		forget(token);
		return verifyNew(token);
	}

	private void forget(String token) {
		if (this.verified != null) {
			this.verified.forget(token);
		}
	}

	// A JWT that is new

	private Verification verifyJws(String token) {
		ParsedJws parsed = CompactJws.parse(token, this.headers);
		if (parsed instanceof ParsedJws.Unreadable unreadable) {
			return RefusedToken.because(Token68.matches(token) ? unreadable.reason() : Reason.MALFORMED_REQUEST);
		}
		CompactJws jws = (CompactJws) parsed;
		IssuerPolicy policy;
		try {
			policy = this.policies.resolve(jws.claims());
		}
		catch (UnresolvedIssuerException ex) {
			return RefusedToken.because(Reason.KEYS_UNAVAILABLE);
		}
		if (policy == null) {
			return RefusedToken.because(Reason.WRONG_ISSUER);
		}
		TokenContent content = TokenContent.jwt(jws.header().members(), jws.claims());
		Reason reason = (policy.introspection() != null) ? policy.refuseIncomplete(content) : policy.refuse(content);
		if (reason != null) {
			return refused(reason, policy);
		}
		return withKeys(policy, policy.keys().current(),
				(keys) -> verifySignature(policy, jws, keys, (signing) -> signed(token, policy, content, signing)));
	}

	/**
	 * Find a key that verifies the signature, also among newer keys: the issuer may have
	 * published a key, or replaced one without changing its id.
	 */
	private Verification verifySignature(IssuerPolicy policy, CompactJws jws, KeySet keys,
			Function<KeySet, Verification> next) {
		JWSHeader header = jws.header().jws();
		List<JWK> known = this.headers.keys(jws, keys);
		List<JWK> candidates = (known != null) ? known : keys.find(header);
		if (isSigned(jws, candidates)) {
			this.headers.remember(jws, keys, candidates);
			return next.apply(keys);
		}
		return withKeys(policy, policy.keys().seek(header, candidates, keys), (newer) -> {
			List<JWK> others = newer.equals(keys) ? List.of() : newer.find(header, candidates);
			if (isSigned(jws, others)) {
				return next.apply(newer);
			}
			boolean unknown = candidates.isEmpty() && others.isEmpty();
			return refused(unknown ? Reason.UNKNOWN_KEY : Reason.BAD_SIGNATURE, policy);
		});
	}

	private boolean isSigned(CompactJws jws, List<JWK> candidates) {
		for (JWK candidate : candidates) {
			if (this.signatures.verify(jws, candidate)) {
				return true;
			}
		}
		return false;
	}

	private Verification signed(String token, IssuerPolicy policy, TokenContent content, KeySet keys) {
		Introspection introspection = policy.introspection();
		if (introspection == null) {
			return remember(read(token, policy, content, keys.version(), null));
		}
		return withAnswer(policy.issuer(), introspection, introspection.askAboutVerified(token), (answer) -> {
			Verification completed = complete(token, policy, content, keys, answer);
			return introspection.remembers() ? remember(completed) : accept(completed);
		});
	}

	/** Signed claims take precedence; the introspection response adds missing ones. */
	private Verification complete(String token, IssuerPolicy policy, TokenContent signed, KeySet keys,
			IntrospectionAnswer answer) {
		Reason reason = CompletedClaims.refuse(signed.claims(), answer.claims());
		if (reason != null) {
			return refused(reason, policy);
		}
		TokenContent content = signed.withClaims(CompletedClaims.of(signed.claims(), answer.claims()));
		reason = policy.refuse(content);
		return (reason != null) ? refused(reason, policy) : read(token, policy, content, keys.version(), answer);
	}

	// An opaque token

	/** The introspection response is checked like the claims of a JWT. */
	private Verification introspect(String token) {
		if (!Token68.matches(token)) {
			return RefusedToken.because(Reason.MALFORMED_REQUEST);
		}
		Introspection introspection = this.introspections.opaque();
		TrustedIssuer issuer = this.introspections.opaqueIssuer();
		if (introspection == null || issuer == null || JoseForm.matches(token)) {
			return RefusedToken.because(Reason.MALFORMED_TOKEN);
		}
		return withAnswer(null, introspection, introspection.ask(token),
				(answer) -> introspected(token, issuer, answer.claims()));
	}

	private Verification introspected(String token, TrustedIssuer issuer, Map<String, Object> answer) {
		Map<String, Object> claims = new LinkedHashMap<>(answer);
		claims.putIfAbsent("iss", issuer.issuer());
		IssuerPolicy policy = this.policies.find(claims);
		if (policy == null || !policy.issuer().equals(issuer)) {
			return RefusedToken.because(Reason.WRONG_ISSUER);
		}
		Reason reason = IntrospectedType.refuse(claims);
		TokenContent content = TokenContent.opaque(claims);
		reason = (reason != null) ? reason : policy.refuse(content);
		return (reason != null) ? refused(reason, policy) : accept(read(token, policy, content, null, null));
	}

	// Any verified token

	private Verification read(String token, IssuerPolicy policy, TokenContent content, @Nullable Object keyVersion,
			@Nullable IntrospectionAnswer answer) {
		AccessToken accessToken = policy.reader().read(content);
		if (accessToken == null) {
			return refused(Reason.MISSING_CLAIM, policy);
		}
		boolean settled = this.memberships == null || !this.memberships.mayAdd();
		Reason reason = settled ? policy.reader().grants().refuse(accessToken) : null;
		if (reason != null) {
			return refused(reason, policy);
		}
		try {
			int size = (keyVersion != null)
					? this.jwts.retainedSize(accessToken, (answer != null) ? answer.claims() : Map.of()) : 0;
			return new VerifiedToken(this.jwts.of(token, content, accessToken), accessToken, content, policy,
					keyVersion, answer, size);
		}
		catch (IllegalArgumentException ex) {
			return refused(Reason.MALFORMED_TOKEN, policy);
		}
	}

	private Verification remember(Verification verification) {
		if (this.verified != null && verification instanceof VerifiedToken token) {
			this.verified.remember(token);
		}
		return accept(verification);
	}

	private Verification accept(Verification verification) {
		return (verification instanceof VerifiedToken token) ? accept(token) : verification;
	}

	private Verification accept(VerifiedToken token) {
		IssuerPolicy policy = token.policy();
		Reason reason = policy.refuseNow(token);
		if (reason != null) {
			return refused(reason, policy);
		}
		if (this.memberships != null) {
			return withMemberships(this.memberships, token);
		}
		notifyOfAccepted(policy);
		return token;
	}

	private void notifyOfAccepted(IssuerPolicy policy) {
		if (this.listeners != null) {
			this.listeners.tokenAccepted(policy.issuer());
		}
	}

	// The memberships of the caller in the application's store

	private Verification withMemberships(Memberships memberships, VerifiedToken token) {
		CompletableFuture<MembershipAnswer> arrival = memberships.find(token.accessToken());
		return arrival.isDone() ? combine(memberships, token, memberships.arrived(arrival))
				: new PendingVerification(arrival, () -> combine(memberships, token, memberships.arrived(arrival)));
	}

	/**
	 * A token that names organizations and has none left after the combination is
	 * refused. Accepted, it would count as a token without organizations, which machines
	 * (client credentials) may use in any organization.
	 */
	private Verification combine(Memberships memberships, VerifiedToken token, MembershipAnswer answer) {
		IssuerPolicy policy = token.policy();
		if (!answer.available()) {
			return refused(Reason.MEMBERSHIPS_UNAVAILABLE, policy);
		}
		AccessToken issued = token.accessToken();
		AccessToken combined = memberships.combine(issued, answer, policy.reader()::allowsOrganization);
		if (combined.organizations().isEmpty() && !issued.organizations().isEmpty()) {
			return refused(Reason.ORGANIZATION_NOT_ALLOWED, policy);
		}
		Reason reason = policy.reader().grants().refuse(combined);
		if (reason != null) {
			return refused(reason, policy);
		}
		notifyOfAccepted(policy);
		return combined.equals(issued) ? token : token.with(this.jwts.with(token.jwt(), combined), combined);
	}

	private static RefusedToken refused(Reason reason, IssuerPolicy policy) {
		return new RefusedToken(reason, policy.issuer());
	}

	// Pending data

	private static Verification withKeys(IssuerPolicy policy, KeyLookup keys, Function<KeySet, Verification> next) {
		if (keys instanceof KeySet set) {
			return next.apply(set);
		}
		if (keys instanceof KeyLookup.Pending pending) {
			return new PendingVerification(pending.arrival(), () -> withKeys(policy, pending.look(), next));
		}
		return refused(Reason.KEYS_UNAVAILABLE, policy);
	}

	private static Verification withAnswer(@Nullable TrustedIssuer issuer, Introspection introspection,
			CompletableFuture<@Nullable IntrospectionAnswer> arrival,
			Function<IntrospectionAnswer, Verification> next) {
		return arrival.isDone() ? withAnswer(issuer, introspection.arrived(arrival), next)
				: new PendingVerification(arrival, () -> withAnswer(issuer, introspection.arrived(arrival), next));
	}

	private static Verification withAnswer(@Nullable TrustedIssuer issuer, IntrospectionAnswer answer,
			Function<IntrospectionAnswer, Verification> next) {
		Reason reason = answer.refused();
		return (reason != null) ? new RefusedToken(reason, issuer) : next.apply(answer);
	}

}
