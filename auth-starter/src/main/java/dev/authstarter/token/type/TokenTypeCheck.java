package dev.authstarter.token.type;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import dev.authstarter.Reason;
import dev.authstarter.selector.ClaimPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Lets access tokens pass and nothing else. The header type of RFC 9068 is proof;
 * otherwise nothing may disprove, and something must prove, that it is an access token
 * (RFC 8725 section 3.12). No token passes because it lacks the marks of another kind.
 */
public final class TokenTypeCheck {

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

	public TokenTypeCheck(HeaderTypes types, List<ClaimPredicate> reject, List<ClaimPredicate> require) {
		this.types = types;
		this.reject = reject.toArray(ClaimPredicate[]::new);
		this.require = require.toArray(ClaimPredicate[]::new);
	}

	/** Tell whether the tests want to know the client. */
	public boolean namesClient() {
		return ClaimPredicate.anyNamesClient(this.reject) || ClaimPredicate.anyNamesClient(this.require);
	}

	/**
	 * Judge a token.
	 * @param header the JOSE header; empty for an opaque token, which has none: where a
	 * provider's access tokens are proved by their header alone, the issuer's own word
	 * for an opaque one has to do
	 * @param claims the claims
	 * @param clientId the client, where the tests want to know it
	 * @return why it is no access token, or {@code null}
	 */
	public @Nullable Reason refuse(Map<String, Object> header, Map<String, Object> claims, @Nullable String clientId) {
		boolean opaque = header.isEmpty();
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
		boolean proved = (opaque && (this.require.length == 0 || isIntrospected(claims)))
				|| ClaimPredicate.anyMatch(this.require, header, claims, clientId);
		if (!proved || ClaimPredicate.anyMatch(this.reject, header, claims, clientId)) {
			return TokenKind.of(header, claims, Reason.NOT_AN_ACCESS_TOKEN);
		}
		return null;
	}

	/** In any case: RFC 6749 section 5.1. */
	private static boolean isIntrospected(Map<String, Object> answer) {
		return INTROSPECTED.entrySet()
			.stream()
			.anyMatch((word) -> answer.get(word.getKey()) instanceof String text
					&& word.getValue().contains(text.toLowerCase(Locale.ROOT).replace('-', '_')));
	}

	/**
	 * Return what would prove tokens such as one that was refused for want of proof.
	 * @return a predicate that lets it pass as a proof of its own, or {@code null} if the
	 * token looks like another kind
	 */
	public @Nullable String proof(Map<String, Object> header, Map<String, Object> claims, @Nullable String clientId) {
		boolean bare = refuse(header, claims, clientId) == Reason.NOT_AN_ACCESS_TOKEN && !TokenUse.isOther(claims)
				&& !ClaimPredicate.anyMatch(this.reject, header, claims, clientId)
				&& BARE_TOKEN.matches(header, claims, clientId);
		return bare ? BARE : null;
	}

}
