package dev.authstarter.test.attack.catalogue;

import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

import dev.authstarter.Reason;
import dev.authstarter.test.ForgedToken;

/**
 * Attacks with headers that name the location of a key, and with critical extensions (RFC
 * 8725 section 3.10, RFC 7515 section 4.1.11).
 */
final class KeyAttacks {

	private static final Set<Reason> NOT_VERIFIED = Set.of(Reason.BAD_SIGNATURE, Reason.UNKNOWN_KEY);

	private KeyAttacks() {
	}

	static List<Attack> all() {
		return List.of(
				injected("jwk", "The attacker's key in the token itself.",
						(aim, token) -> token.withHeader("jwk", AttackerKey.PUBLIC.toJSONObject())),
				injected("jwk-unnamed", "The attacker's key in the token itself, without a key id.",
						(aim, token) -> token.withHeader("jwk", AttackerKey.PUBLIC.toJSONObject())
							.withoutHeader("kid")),
				injected("jku", "The URL of the attacker's keys, which the application must not fetch.",
						(aim, token) -> token.withHeader("jku", aim.attacker().trap().keys().toString())
							.withHeader("kid", AttackerKey.PUBLIC.getKeyID())),
				injected("x5u", "The URL of the attacker's certificate, which the application must not fetch.",
						(aim, token) -> token.withHeader("x5u", aim.attacker().trap().keys().toString())),
				injected("x5c", "A certificate in the token that cannot be read.",
						(aim, token) -> token.withHeader("x5c", List.of("AAAA"))),
				injected("kid-of-the-attacker", "The key id of the attacker's key.",
						(aim, token) -> token.withHeader("kid", AttackerKey.PUBLIC.getKeyID())),
				kid("kid-path", "A key id that is a path to a file outside of the key directory.",
						"../../../../dev/null"),
				kid("kid-sql", "A key id that closes an SQL string.", "' UNION SELECT 'attack' --"),
				kid("kid-url", "A key id that is a URL.", "https://attacker.example/keys"),
				kid("kid-command", "A key id that is a shell command.", "|/usr/bin/id"),
				kid("kid-line-break", "A key id with a line break.", "key\r\n2026-01-01 ERROR forged"),
				kid("kid-long", "A key id of 1 kB.", "k".repeat(1_024)), kid("kid-empty", "An empty key id.", ""),
				Attack.of(Family.KEY, "kid-number", "A key id that is a number.", Reason.MALFORMED_TOKEN,
						(aim) -> aim.bearing(aim.token().withHeader("kid", 1))),
				critical("crit-unknown", "A valid token that requires an extension.",
						(aim, token) -> token.withHeader("crit", List.of("attack")).withHeader("attack", true)),
				critical("crit-empty", "A valid token that requires an empty list of extensions.",
						(aim, token) -> token.withHeader("crit", List.of())),
				critical("b64", "A token whose claims are not encoded (RFC 7797).",
						(aim, token) -> token.withHeader("b64", false).withHeader("crit", List.of("b64"))));
	}

	private static Attack injected(String name, String documentation,
			BiFunction<Aim, ForgedToken, ForgedToken> change) {
		return Attack.of(Family.KEY, name, documentation, NOT_VERIFIED,
				(aim) -> aim.bearing(TokenText.of(change.apply(aim, aim.token())).signedByAttacker()));
	}

	private static Attack kid(String name, String documentation, String kid) {
		return Attack.of(Family.KEY, name, documentation, Reason.UNKNOWN_KEY,
				(aim) -> aim.bearing(aim.token().withHeader("kid", kid)));
	}

	private static Attack critical(String name, String documentation,
			BiFunction<Aim, ForgedToken, ForgedToken> change) {
		return Attack.of(Family.KEY, name, documentation, Reason.CRITICAL_HEADER,
				(aim) -> aim.bearing(change.apply(aim, aim.token())));
	}

}
