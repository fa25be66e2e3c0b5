package dev.authstarter.token.check;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

import dev.authstarter.selector.UserEditableClaims;

/**
 * Claims that indicate a user: a session, a login, a name. A token with one of them is
 * never classified as a machine (client credentials) by the absence of other claims, and
 * it must have a subject.
 */
public final class PersonSigns {

	/** Claims of a session or a login (OpenID Connect Core section 2), or of an actor. */
	private static final Set<String> SIGNS = Set.of("sid", "session_id", "session_state", "auth_time", "amr", "acr",
			"nonce", "at_hash", "c_hash", "s_hash", "act", "may_act", "idp", "user", "user_id", "uid", "login", "pid",
			"mail", "emails", "email_verified", "phone_number_verified");

	private PersonSigns() {
	}

	/**
	 * Return whether a token has such a claim. An empty value counts, because issuers
	 * write these claims for users only.
	 * @param claims the claims
	 * @return whether one of the claims is present
	 */
	public static boolean isShownBy(Map<String, Object> claims) {
		for (String claim : claims.keySet()) {
			// Also as the last part of a namespaced name: https://acme.example/email.
			String name = claim.substring(Math.max(claim.lastIndexOf('/'), claim.lastIndexOf(':')) + 1)
				.toLowerCase(Locale.ROOT);
			if (SIGNS.contains(name) || UserEditableClaims.isProfile(name)) {
				return true;
			}
		}
		return false;
	}

}
