package dev.authstarter.token.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

import dev.authstarter.Reason;
import dev.authstarter.selector.ClaimPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Accepts access tokens only. The header type of RFC 9068 is proof; otherwise no
 * predicate of another kind of token may match, and one predicate of access tokens must
 * match (RFC 8725 section 3.12). The absence of the claims of another kind is not proof.
 */
public final class TokenTypeCheck implements TokenCheck {

	/**
	 * The suggested predicate for issuers that write little more than subject and
	 * audience: a subject, and none of the claims of an ID token.
	 */
	private static final String BARE = "sub & !nonce & !at_hash & !c_hash & !auth_time & !sid & !acr & !amr & !azp "
			+ "& !email & !name";

	private static final ClaimPredicate BARE_TOKEN = ClaimPredicate.parse(BARE, List.of());

	/**
	 * The members of an introspection response that identify an access token.
	 */
	private static final Map<String, Set<String>> INTROSPECTED = Map.of("token_type", Set.of("bearer", "access_token"),
			"token_use", Set.of("access", "access_token"));

	private final HeaderTypes types;

	private final ClaimPredicate[] reject;

	private final ClaimPredicate[] require;

	/** Reads the client id; {@code null} if no predicate uses it. */
	private final @Nullable Function<Map<String, Object>, @Nullable String> clientId;

	private final String propertyPrefix;

	/**
	 * Create a check.
	 * @param types the header types that are allowed
	 * @param reject predicates of which none may match
	 * @param require predicates of which one must match
	 * @param clientId reads the client id from the claims
	 * @param propertyPrefix the prefix of the names of the properties that configure this
	 * check, for explanations, with a dot at its end
	 */
	public TokenTypeCheck(HeaderTypes types, List<ClaimPredicate> reject, List<ClaimPredicate> require,
			Function<Map<String, Object>, @Nullable String> clientId, String propertyPrefix) {
		this.types = types;
		this.reject = reject.toArray(ClaimPredicate[]::new);
		this.require = require.toArray(ClaimPredicate[]::new);
		boolean namesClient = ClaimPredicate.anyNamesClient(this.reject) || ClaimPredicate.anyNamesClient(this.require);
		this.clientId = namesClient ? clientId : null;
		this.propertyPrefix = propertyPrefix;
	}

	/**
	 * Check a token. If the access tokens of a provider are proved by their header type
	 * alone, an opaque token needs no further proof than the introspection response.
	 */
	@Override
	public @Nullable Reason refuse(TokenContent token) {
		Map<String, Object> header = token.header();
		Map<String, Object> claims = token.claims();
		boolean opaque = token.format() == TokenFormat.OPAQUE;
		String type = opaque ? "" : this.types.find(header);
		if (type == null) {
			return TokenKind.of(header, claims, Reason.WRONG_TYPE);
		}
		if (TokenUse.isOther(claims)) {
			return TokenKind.byClaims(header, claims, Reason.NOT_AN_ACCESS_TOKEN);
		}
		if (HeaderTypes.isAccessToken(type)) {
			return null;
		}
		String clientId = clientId(claims);
		boolean proved = (opaque && (this.require.length == 0 || isIntrospected(claims)))
				|| ClaimPredicate.anyMatch(this.require, header, claims, clientId);
		if (!proved || ClaimPredicate.anyMatch(this.reject, header, claims, clientId)) {
			return TokenKind.of(header, claims, Reason.NOT_AN_ACCESS_TOKEN);
		}
		return null;
	}

	private @Nullable String clientId(Map<String, Object> claims) {
		return (this.clientId != null) ? this.clientId.apply(claims) : null;
	}

	/** Compared without regard to case (RFC 6749 section 5.1). */
	private static boolean isIntrospected(Map<String, Object> answer) {
		return INTROSPECTED.entrySet()
			.stream()
			.anyMatch((word) -> answer.get(word.getKey()) instanceof String text
					&& word.getValue().contains(text.toLowerCase(Locale.ROOT).replace('-', '_')));
	}

	@Override
	public List<Finding> explain(TokenContent token) {
		Reason reason = refuse(token);
		List<Finding> findings = new ArrayList<>();
		findings
			.add(Finding.of("Kind of token", "an access token", "the claims " + new TreeSet<>(token.claims().keySet()))
				.withHint((reason != null) ? reason.description() + "." : null));
		if (Reason.NOT_AN_ACCESS_TOKEN.equals(reason)) {
			findings.add(new Finding("Proof",
					"the header type 'at+jwt', or one of %s ('%stoken.accept-if'), and none of %s ('%stoken.reject-if')"
						.formatted(Arrays.toString(this.require), this.propertyPrefix, Arrays.toString(this.reject),
								this.propertyPrefix),
					null,
					lacksProofOnly(token)
							? """
									If access tokens of this issuer have no more claims than these, add this line to accept them: \
									%stoken.accept-if: "%s\""""
								.formatted(this.propertyPrefix, BARE)
							: null));
		}
		return findings;
	}

	/**
	 * Return whether a token may be an access token: it passes, or it only lacks proof.
	 * @param token the content of the token
	 * @return whether it has no sign of another kind of token
	 */
	public boolean mayBeAccessToken(TokenContent token) {
		Reason reason = refuse(token);
		return reason == null || (Reason.NOT_AN_ACCESS_TOKEN.equals(reason) && lacksProofOnly(token));
	}

	private boolean lacksProofOnly(TokenContent token) {
		String clientId = clientId(token.claims());
		return !TokenUse.isOther(token.claims())
				&& !ClaimPredicate.anyMatch(this.reject, token.header(), token.claims(), clientId)
				&& BARE_TOKEN.matches(token.header(), token.claims(), clientId);
	}

}
