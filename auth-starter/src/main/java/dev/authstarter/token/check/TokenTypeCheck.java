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
 * Lets access tokens pass and nothing else. The header type of RFC 9068 is proof;
 * otherwise nothing may disprove, and something must prove, that it is an access token
 * (RFC 8725 section 3.12). No token passes because it lacks the marks of another kind.
 */
public final class TokenTypeCheck implements TokenCheck {

	/**
	 * Where an issuer writes no more than who and for whom: none of the marks of an ID
	 * token.
	 */
	private static final String BARE = "sub & !nonce & !at_hash & !c_hash & !auth_time & !sid & !acr & !amr & !azp "
			+ "& !email & !name";

	private static final ClaimPredicate BARE_TOKEN = ClaimPredicate.parse(BARE, List.of());

	/**
	 * In these an introspection endpoint itself says that it speaks of an access token.
	 */
	private static final Map<String, Set<String>> INTROSPECTED = Map.of("token_type", Set.of("bearer", "access_token"),
			"token_use", Set.of("access", "access_token"));

	private final HeaderTypes types;

	private final ClaimPredicate[] reject;

	private final ClaimPredicate[] require;

	/** Reads the client; {@code null} where no predicate names it. */
	private final @Nullable Function<Map<String, Object>, @Nullable String> clientId;

	private final String propertyPrefix;

	/**
	 * Check by these.
	 * @param types the header types that are allowed
	 * @param reject predicates of which none may hold
	 * @param require predicates of which one must hold
	 * @param clientId reads the client from the claims
	 * @param propertyPrefix the beginning of the names of the properties that say so, for
	 * people, with a dot at its end
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
	 * Check a token. Where a provider's access tokens are proved by their header alone,
	 * the issuer's own word for an opaque one has to do.
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

	/** In any case: RFC 6749 section 5.1. */
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
					null, lacksProofOnly(token) ? """
							If access tokens of this issuer hold no more than this, this line lets them in: \
							%stoken.accept-if: "%s\"""".formatted(this.propertyPrefix, BARE) : null));
		}
		return findings;
	}

	/**
	 * Tell whether a token may be an access token, as it passes or lacks nothing but
	 * proof.
	 * @param token what it says
	 * @return whether it does not look like a token of another kind
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
