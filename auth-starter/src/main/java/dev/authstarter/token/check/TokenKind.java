package dev.authstarter.token.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.authstarter.Reason;
import dev.authstarter.selector.ClaimPredicate;

/**
 * Determines the kind of a token that is not an access token, so that the reason for its
 * refusal helps the client. It is used after the token was refused and has no effect on
 * that decision.
 */
final class TokenKind {

	private static final String LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout";

	private static final Map<String, Reason> TYPES = Map.of("id_token+jwt", Reason.ID_TOKEN, "logout+jwt",
			Reason.LOGOUT_TOKEN, "secevent+jwt", Reason.SECURITY_EVENT_TOKEN);

	private static final Map<ClaimPredicate, Reason> SIGNS = new LinkedHashMap<>();
	static {
		sign(Reason.LOGOUT_TOKEN, "typ=Logout");
		sign(Reason.SECURITY_EVENT_TOKEN, "events");
		sign(Reason.REFRESH_TOKEN, TokenUse.REFRESH.toArray(String[]::new));
		sign(Reason.REFRESH_TOKEN, "granted_scopes", "jti=*-r & cid & !scp");
		sign(Reason.ID_TOKEN, "typ=ID", "token_use=id*", "purpose=id", "tokenName=id_token", "jti=ID.*", "nonce",
				"at_hash", "c_hash", "s_hash", "scope=openid & !/scope/1 & cid");
	}

	private TokenKind() {
	}

	private static void sign(Reason reason, String... predicates) {
		for (String predicate : predicates) {
			SIGNS.put(ClaimPredicate.parse(predicate, List.of()), reason);
		}
	}

	/**
	 * Return the reason for a refused token by its header type and its claims.
	 * @param header the JOSE header
	 * @param claims the claims
	 * @param otherwise the reason if the kind is unknown
	 * @return the reason
	 */
	static Reason of(Map<String, Object> header, Map<String, Object> claims, Reason otherwise) {
		String type = (header.get("typ") instanceof String text) ? HeaderTypes.stripped(text).toLowerCase(Locale.ROOT)
				: "";
		Reason byType = TYPES.get(type);
		if (byType != null) {
			return byType;
		}
		if (!type.isEmpty() && !type.equals("jwt")) {
			return otherwise;
		}
		return byClaims(header, claims, otherwise);
	}

	/**
	 * Return the reason for a refused token by its claims, regardless of its header type.
	 * @param header the JOSE header
	 * @param claims the claims
	 * @param otherwise the reason if the kind is unknown
	 * @return the reason
	 */
	static Reason byClaims(Map<String, Object> header, Map<String, Object> claims, Reason otherwise) {
		if (claims.get("events") instanceof Map<?, ?> events && events.containsKey(LOGOUT_EVENT)) {
			return Reason.LOGOUT_TOKEN;
		}
		for (Map.Entry<ClaimPredicate, Reason> sign : SIGNS.entrySet()) {
			if (sign.getKey().matches(header, claims, null)) {
				return sign.getValue();
			}
		}
		return otherwise;
	}

}
