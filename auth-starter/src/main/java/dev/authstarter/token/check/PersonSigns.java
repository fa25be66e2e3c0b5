package dev.authstarter.token.check;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

import dev.authstarter.selector.UserEditableClaims;

/**
 * Signs that a person is behind a token: a session, a login, a name. A token with one of
 * them is not a machine's because something is absent from it, and is nobody's if it
 * lacks a subject.
 */
public final class PersonSigns {

	/** Of a session or a login (OpenID Connect Core section 2), or of one who acts. */
	private static final Set<String> SIGNS = Set.of("sid", "session_id", "session_state", "auth_time", "amr", "acr",
			"nonce", "at_hash", "c_hash", "s_hash", "act", "may_act", "idp", "user", "user_id", "uid", "login", "pid",
			"mail", "emails", "email_verified", "phone_number_verified");

	private PersonSigns() {
	}

	/**
	 * Tell whether a token shows such a sign. An empty value is one, too: the issuer
	 * writes the claim for persons only.
	 * @param claims the claims
	 * @return whether it shows one
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
