package dev.authstarter.test.attack.catalogue;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import dev.authstarter.Reason;

/**
 * Attacks with texts that are not a JWT in compact form, and with JSON that parsers
 * interpret differently (RFC 7515 section 4, RFC 7519 section 7.2).
 */
final class FormAttacks {

	/**
	 * If opaque tokens are accepted, the introspection endpoint is called, which may not
	 * exist in a test.
	 */
	private static final Set<Reason> NO_JWT = Set.of(Reason.MALFORMED_TOKEN, Reason.INACTIVE_TOKEN,
			Reason.INTROSPECTION_UNAVAILABLE);

	private static final int ZIPPED_ZEROS = 1024 * 1024;

	private FormAttacks() {
	}

	static List<Attack> all() {
		return List.of(noJwt("opaque-text", "A text without dots.", (aim) -> aim.bearing("attack")),
				noJwt("two-parts", "A valid token without its last dot and its signature.", (aim) -> {
					TokenText token = TokenText.of(aim.token());
					return aim.bearing(token.header() + "." + token.claims());
				}),
				noJwt("four-parts", "A valid token with a fourth part.",
						(aim) -> aim.bearing(aim.token().value() + ".AAAA")),
				noJwt("encrypted", "Five parts, as an encrypted token has (RFC 7516).",
						(aim) -> aim.bearing(jwe() + ".AAAA.AAAA.AAAA.AAAA")),
				text("empty-parts", "Two dots and nothing else.", Reason.MALFORMED_TOKEN, (aim) -> aim.bearing("..")),
				text("json-serialization", "A valid token as JSON (RFC 7515 section 7.2).", Reason.MALFORMED_REQUEST,
						FormAttacks::json),
				broken("padded", "A valid token whose signature is padded.",
						(token) -> token.withSignature(token.signature() + "==")),
				broken("standard-base64", "Claims in the alphabet of base64, not of base64url.",
						(token) -> token.withClaims("ab+/")),
				broken("no-json", "A header that is not JSON.",
						(token) -> token.withHeader(TokenText.encode("alg=RS256"))),
				broken("json-array", "Claims in a list.",
						(token) -> token.withClaims(TokenText.encode("[{\"sub\":\"admin\"}]"))),
				broken("duplicate-header", "A header that names `alg` twice.",
						(token) -> token.withHeader(TokenText.withFirstMember(token.header(), "\"alg\":\"none\""))),
				broken("duplicate-claim", "Claims that name `sub` twice.",
						(token) -> token.withClaims(TokenText.withFirstMember(token.claims(), "\"sub\":\"admin\""))),
				broken("deep-json", "Claims nested 500 levels deep.",
						(token) -> token.withClaims(TokenText.withFirstMember(token.claims(),
								"\"x\":" + "[".repeat(500) + "]".repeat(500)))),
				broken("zip", "Compressed claims of a megabyte, as only encrypted tokens have them (RFC 7516).",
						(token) -> token.withHeader(TokenText.withFirstMember(token.header(), "\"zip\":\"DEF\""))
							.withClaims(TokenText.deflated(ZIPPED_ZEROS))));
	}

	private static String jwe() {
		return TokenText.encode("{\"alg\":\"RSA-OAEP\",\"enc\":\"A256GCM\"}");
	}

	private static AttackRequest json(Aim aim) {
		TokenText token = TokenText.of(aim.token());
		return aim.bearing("{\"protected\":\"%s\",\"payload\":\"%s\",\"signature\":\"%s\"}".formatted(token.header(),
				token.claims(), token.signature()));
	}

	private static Attack noJwt(String name, String documentation, Function<Aim, AttackRequest> request) {
		return Attack.of(Family.FORM, name, documentation, NO_JWT, request);
	}

	private static Attack text(String name, String documentation, Reason reason, Function<Aim, AttackRequest> request) {
		return Attack.of(Family.FORM, name, documentation, reason, request);
	}

	private static Attack broken(String name, String documentation, UnaryOperator<TokenText> change) {
		return text(name, documentation, Reason.MALFORMED_TOKEN,
				(aim) -> aim.bearing(change.apply(TokenText.of(aim.token())).toString()));
	}

}
