package dev.authstarter.token.check;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import dev.authstarter.selector.ClaimPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Claims in which tokens of any provider state their own use. No configuration and no
 * header type makes an access token of a token that states another use.
 */
final class TokenUse {

	/** Claims of refresh tokens that no provider's access tokens have. */
	static final List<String> REFRESH = List.of("typ=Refresh", "typ=Offline", "token_use=refresh*",
			"token_type=refresh*", "token_type=Refresh*", "tokenType=refresh*", "TokenType=refresh*",
			"tokenName=refresh*", "tok_type=RT", "type=refresh", "type=refresh_token", "type=refresh-token",
			"purpose=refresh*", "drn=DSR");

	private static final String CLAIM = "token_use";

	/** The value of Cognito and, in introspection responses, of Hydra. */
	private static final Set<String> ACCESS = Set.of("access", "access_token", "access-token");

	private static final ClaimPredicate[] REFRESH_MARKS = ClaimPredicate.parse(REFRESH, List.of())
		.toArray(ClaimPredicate[]::new);

	private TokenUse() {
	}

	/**
	 * Return whether a token states a use other than access.
	 * @param claims the claims, or the members of an introspection response
	 * @return whether it states another use
	 */
	static boolean isOther(Map<String, Object> claims) {
		return (claims.containsKey(CLAIM) && !isAccess(claims.get(CLAIM)))
				|| ClaimPredicate.anyMatch(REFRESH_MARKS, Map.of(), claims, null);
	}

	private static boolean isAccess(@Nullable Object use) {
		return use instanceof String text && ACCESS.contains(text.toLowerCase(Locale.ROOT));
	}

}
