package dev.authstarter.test.attack.catalogue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

import dev.authstarter.Reason;
import dev.authstarter.test.ForgedToken;

/**
 * Attacks with tokens that are signed by the trusted issuer and are not access tokens, or
 * must not be used as bearer tokens (RFC 8725 sections 3.11 and 3.12, RFC 7800 section
 * 3.1).
 */
final class KindAttacks {

	/** The actual reason depends on the form of the token and on the provider. */
	private static final Set<Reason> NOT_ACCESS = Set.of(Reason.WRONG_TYPE, Reason.ID_TOKEN, Reason.REFRESH_TOKEN,
			Reason.LOGOUT_TOKEN, Reason.SECURITY_EVENT_TOKEN, Reason.NOT_AN_ACCESS_TOKEN);

	private KindAttacks() {
	}

	static List<Attack> all() {
		return List.of(kind("id-token", "An ID token for this API.", ForgedToken::asIdToken),
				kind("id-token-untyped", "An ID token without a header type.",
						(token) -> token.asIdToken().withoutHeader("typ")),
				kind("refresh-token", "A refresh token.", ForgedToken::asRefreshToken),
				kind("logout-token", "A logout token.", ForgedToken::asLogoutToken),
				kind("security-event", "A security event token (RFC 8417).",
						(token) -> token.withType("secevent+jwt")
							.withClaim("events", Map.of("https://schemas.attacker.example/event", Map.of()))),
				type("typ-id-token", "id_token+jwt"), type("typ-logout", "logout+jwt"), type("typ-dpop", "dpop+jwt"),
				type("typ-introspection", "token-introspection+jwt"), type("typ-request", "oauth-authz-req+jwt"),
				type("typ-client-authentication", "client-authentication+jwt"), type("typ-jwe", "JWE"),
				type("typ-blank", "at+jwt "), type("typ-twice-prefixed", "application/application/at+jwt"),
				Attack.of(Family.KIND, "typ-number", "A header type that is a number.", Reason.MALFORMED_TOKEN,
						(aim) -> aim.bearing(aim.token().withHeader("typ", 1))),
				claims("bound-to-key", "A token that is bound to a key (RFC 9449), without a proof.",
						Reason.UNPROVEN_POSSESSION,
						(token) -> token.withClaim("cnf",
								Map.of("jkt", "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"))),
				claims("bound-to-certificate", "A token that is bound to a certificate (RFC 8705), without it.",
						Reason.UNPROVEN_POSSESSION,
						(token) -> token.withClaim("cnf",
								Map.of("x5t#S256", "bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2"))),
				claims("bound-to-anything", "A token that is bound to something unknown.", Reason.UNPROVEN_POSSESSION,
						(token) -> token.withClaim("cnf", Map.of("attack", 1))),
				claims("subject-list", "A subject that is a list.", Reason.MALFORMED_TOKEN,
						(token) -> token.withClaim("sub", List.of("admin"))));
	}

	private static Attack kind(String name, String documentation, UnaryOperator<ForgedToken> change) {
		return Attack.of(Family.KIND, name, documentation, NOT_ACCESS, (aim) -> aim.bearing(change.apply(aim.token())));
	}

	private static Attack type(String name, String type) {
		return kind(name, "A valid token with the header type `%s`.".formatted(type), (token) -> token.withType(type));
	}

	private static Attack claims(String name, String documentation, Reason reason, UnaryOperator<ForgedToken> change) {
		return Attack.of(Family.CLAIMS, name, documentation, reason, (aim) -> aim.bearing(change.apply(aim.token())));
	}

}
