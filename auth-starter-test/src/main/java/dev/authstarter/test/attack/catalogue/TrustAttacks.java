package dev.authstarter.test.attack.catalogue;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;

import dev.authstarter.Reason;
import dev.authstarter.test.ForgedToken;

/**
 * Attacks with another issuer and another audience; both are compared exactly (RFC 9068
 * section 4, RFC 8725 section 3.9).
 */
final class TrustAttacks {

	private TrustAttacks() {
	}

	static List<Attack> all() {
		return List.of(
				issuer("other-issuer", "Another issuer.",
						(token, issuer) -> token.fromIssuer("https://issuer.attacker.example/")),
				issuer("issuer-slash", "The issuer with a slash added to its end, or removed.",
						(token, issuer) -> token.fromIssuer(
								issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer + "/")),
				issuer("issuer-case", "The issuer in upper case.",
						(token, issuer) -> token.fromIssuer(issuer.toUpperCase(Locale.ROOT))),
				issuer("issuer-prefix", "An issuer that starts with the expected one.",
						(token, issuer) -> token.fromIssuer(issuer + ".attacker.example")),
				issuer("issuer-blank", "The issuer followed by a blank.",
						(token, issuer) -> token.fromIssuer(issuer + " ")),
				issuer("issuer-missing", "No issuer.", (token, issuer) -> token.withoutClaim("iss")),
				issuer("issuer-null", "An issuer that is null.", (token, issuer) -> token.withClaim("iss", null)),
				issuer("issuer-list", "The issuer in a list.",
						(token, issuer) -> token.withClaim("iss", List.of(issuer))),
				audience("other-audience", "The audience of another API.",
						(token, audience) -> token.forAudience("https://api.attacker.example")),
				audience("audience-missing", "No audience.", (token, audience) -> token.withoutAudience()),
				audience("audience-null", "An audience that is null.",
						(token, audience) -> token.withClaim("aud", null)),
				audience("audience-empty", "An empty audience.", (token, audience) -> token.forAudience("")),
				audience("audience-empty-list", "An empty list of audiences.",
						(token, audience) -> token.forAudience(new String[0])),
				audience("audience-list", "A list of other audiences.",
						(token, audience) -> token.forAudience("https://api.attacker.example", audience + "2")),
				audience("audience-prefix", "The audience without its last letter.",
						(token, audience) -> token.forAudience(audience.substring(0, audience.length() - 1))),
				audience("audience-suffix", "The audience followed by a path.",
						(token, audience) -> token.forAudience(audience + "/attack")),
				audience("audience-case", "The audience in another case.",
						(token, audience) -> token.forAudience(otherCase(audience))),
				audience("audience-joined", "The audience and another one in one string.",
						(token, audience) -> token.forAudience(audience + " https://api.attacker.example")),
				audience("audience-nested", "The audience in a list in a list.",
						(token, audience) -> token.withClaim("aud", List.of(List.of(audience)))),
				audience("audience-object", "An object with the audience as the name of a member.",
						(token, audience) -> token.withClaim("aud", Map.of(audience, true))));
	}

	private static String otherCase(String text) {
		String upper = text.toUpperCase(Locale.ROOT);
		return upper.equals(text) ? text.toLowerCase(Locale.ROOT) : upper;
	}

	private static Attack issuer(String name, String documentation,
			BiFunction<ForgedToken, String, ForgedToken> change) {
		return Attack.of(Family.ISSUER, name, documentation, Reason.WRONG_ISSUER,
				(aim) -> aim.bearing(change.apply(aim.token(), aim.attacker().issuer().issuer())));
	}

	private static Attack audience(String name, String documentation,
			BiFunction<ForgedToken, String, ForgedToken> change) {
		return Attack.of(Family.AUDIENCE, name, documentation, Reason.WRONG_AUDIENCE,
				(aim) -> aim.bearing(change.apply(aim.token(), aim.attacker().audience())));
	}

}
