package dev.authstarter.token;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import dev.authstarter.Reason;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestKey;
import dev.authstarter.fixture.TestToken;

/**
 * A valid token broken in one place per row, with the reason for which it is refused.
 */
final class BrokenTokens {

	private static final TestToken VALID = TestToken.validAt(TestApi.NOW);

	/** The same without the header type that is sufficient proof of an access token. */
	private static final TestToken PLAIN = VALID.withType("JWT");

	private static final long NOW = TestApi.NOW.getEpochSecond();

	private static final long SKEW = 30;

	private final List<Row> rows = new ArrayList<>();

	record Row(String name, String token, Reason reason) {

		@Override
		public String toString() {
			return name();
		}

	}

	static List<Row> all() {
		BrokenTokens broken = new BrokenTokens();
		broken.form();
		broken.json();
		broken.header();
		broken.algorithms();
		broken.keys();
		broken.signature();
		broken.kinds();
		broken.issuer();
		broken.audience();
		broken.times();
		broken.claims();
		return broken.rows;
	}

	private void form() {
		String good = VALID.signed();
		String[] parts = good.split("\\.", -1);
		row("one part", "abc", Reason.MALFORMED_TOKEN);
		row("two parts", parts[0] + "." + parts[1], Reason.MALFORMED_TOKEN);
		row("four parts", good + ".x", Reason.MALFORMED_TOKEN);
		row("five parts, as a JWE", good + ".x.y", Reason.MALFORMED_TOKEN);
		row("only dots", "..", Reason.MALFORMED_TOKEN);
		row("dots and a letter", "a..", Reason.MALFORMED_TOKEN);
		row("empty header", "." + parts[1] + "." + parts[2], Reason.MALFORMED_TOKEN);
		row("empty payload", parts[0] + ".." + parts[2], Reason.MALFORMED_TOKEN);
		row("leading dot", "." + good, Reason.MALFORMED_TOKEN);
		row("trailing dot", good + ".", Reason.MALFORMED_TOKEN);
		row("padded header", parts[0] + "=." + parts[1] + "." + parts[2], Reason.MALFORMED_REQUEST);
		row("padded signature", good + "==", Reason.MALFORMED_TOKEN);
		row("plus in the payload", parts[0] + ".ab+d." + parts[2], Reason.MALFORMED_TOKEN);
		row("slash in the payload", parts[0] + ".ab/d." + parts[2], Reason.MALFORMED_TOKEN);
		row("tilde in the signature", good + "~", Reason.MALFORMED_TOKEN);
		row("plus in the signature", parts[0] + "." + parts[1] + ".+" + parts[2].substring(1), Reason.MALFORMED_TOKEN);
		row("one letter too many in the payload", parts[0] + "." + "abcde" + "." + parts[2], Reason.MALFORMED_TOKEN);
		row("spare bits set in the header", spareBits(parts[0]) + "." + parts[1] + "." + parts[2],
				Reason.MALFORMED_TOKEN);
		row("spare bits set in the payload", parts[0] + "." + spareBits(parts[1]) + "." + parts[2],
				Reason.MALFORMED_TOKEN);
		row("spare bits set in the signature", parts[0] + "." + parts[1] + "." + spareBits(parts[2]),
				Reason.MALFORMED_TOKEN);
		row("one character longer than allowed", "a".repeat(16 * 1024 - 4) + ".b.cd", Reason.TOKEN_TOO_LONG);
		row("as long as allowed, and garbage", "a".repeat(16 * 1024 - 4) + ".b.c", Reason.MALFORMED_TOKEN);
	}

	/** Text whose last character carries bits that decode to nothing. */
	private static String spareBits(String part) {
		String text = (part.length() % 4 == 0) ? part.substring(0, part.length() - 2) : part;
		String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
		char last = text.charAt(text.length() - 1);
		return text.substring(0, text.length() - 1) + alphabet.charAt(alphabet.indexOf(last) | 1);
	}

	private void json() {
		String header = VALID.headerJson();
		String claims = VALID.claimsJson();
		raw("header is an array", "[]", claims, Reason.MALFORMED_TOKEN);
		raw("header is text", "\"alg\"", claims, Reason.MALFORMED_TOKEN);
		raw("header is null", "null", claims, Reason.MALFORMED_TOKEN);
		raw("header is empty", "{}", claims, Reason.MALFORMED_TOKEN);
		raw("header is not JSON", "alg=RS256", claims, Reason.MALFORMED_TOKEN);
		raw("header is cut off", header.substring(0, header.length() - 1), claims, Reason.MALFORMED_TOKEN);
		raw("header goes on", header + "{}", claims, Reason.MALFORMED_TOKEN);
		raw("header names alg twice", "{\"alg\":\"RS256\"," + header.substring(1), claims, Reason.MALFORMED_TOKEN);
		raw("header names kid twice", "{\"kid\":\"other\"," + header.substring(1), claims, Reason.MALFORMED_TOKEN);
		raw("header with a comment", "/**/" + header, claims, Reason.MALFORMED_TOKEN);
		raw("header with single quotes", header.replace('"', '\''), claims, Reason.MALFORMED_TOKEN);
		raw("payload is an array", header, "[" + claims + "]", Reason.MALFORMED_TOKEN);
		raw("payload is text", header, "\"claims\"", Reason.MALFORMED_TOKEN);
		raw("payload is a number", header, "1", Reason.MALFORMED_TOKEN);
		raw("payload is null", header, "null", Reason.MALFORMED_TOKEN);
		raw("payload is white space", header, "   ", Reason.MALFORMED_TOKEN);
		raw("payload is empty", header, "{}", Reason.WRONG_ISSUER);
		raw("payload is cut off", header, claims.substring(0, claims.length() - 1), Reason.MALFORMED_TOKEN);
		raw("payload goes on", header, claims + "{}", Reason.MALFORMED_TOKEN);
		raw("payload names aud twice", header, "{\"aud\":\"" + TestToken.AUDIENCE + "\"," + claims.substring(1),
				Reason.MALFORMED_TOKEN);
		raw("payload names exp twice", header, "{\"exp\":1," + claims.substring(1), Reason.MALFORMED_TOKEN);
		raw("payload names iss twice", header, "{\"iss\":\"x\"," + claims.substring(1), Reason.MALFORMED_TOKEN);
		raw("payload names a nested member twice", header,
				"{\"realm_access\":{\"roles\":[],\"roles\":[\"admin\"]}," + claims.substring(1),
				Reason.MALFORMED_TOKEN);
		raw("payload nested 3,000 deep", header,
				"{\"x\":" + "[".repeat(3_000) + "]".repeat(3_000) + "," + claims.substring(1), Reason.MALFORMED_TOKEN);
		raw("payload nested 101 deep", header,
				"{\"x\":" + "[".repeat(100) + "]".repeat(100) + "," + claims.substring(1), Reason.MALFORMED_TOKEN);
		raw("payload with a trailing comma", header, claims.substring(0, claims.length() - 1) + ",}",
				Reason.MALFORMED_TOKEN);
		raw("payload with NaN", header, "{\"x\":NaN," + claims.substring(1), Reason.MALFORMED_TOKEN);
		raw("payload with a number out of range", header, "{\"x\":[{\"y\":-1e400}]," + claims.substring(1),
				Reason.MALFORMED_TOKEN);
		row("payload is not UTF-8",
				TestKey.encode(header) + "."
						+ Base64.getUrlEncoder()
							.withoutPadding()
							.encodeToString("{\"iss\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1))
						+ ".AAAA",
				Reason.MALFORMED_TOKEN);
	}

	private void header() {
		refused("crit with an unknown name", VALID.withHeader("crit", List.of("x")), Reason.CRITICAL_HEADER);
		refused("crit with b64", VALID.withHeader("crit", List.of("b64")), Reason.CRITICAL_HEADER);
		refused("crit with a standard name", VALID.withHeader("crit", List.of("alg")), Reason.CRITICAL_HEADER);
		refused("empty crit", VALID.withHeader("crit", List.of()), Reason.CRITICAL_HEADER);
		refused("crit null", VALID.withHeader("crit", null), Reason.CRITICAL_HEADER);
		refused("crit as text", VALID.withHeader("crit", "exp"), Reason.CRITICAL_HEADER);
		refused("b64 false", VALID.withHeader("b64", false), Reason.CRITICAL_HEADER);
		refused("b64 true", VALID.withHeader("b64", true), Reason.CRITICAL_HEADER);
		refused("typ as a number", VALID.withHeader("typ", 1), Reason.MALFORMED_TOKEN);
		refused("typ as a list", VALID.withHeader("typ", List.of("at+jwt")), Reason.MALFORMED_TOKEN);
		refused("kid as a number", VALID.withHeader("kid", 1), Reason.MALFORMED_TOKEN);
		refused("kid as a list", VALID.withHeader("kid", List.of("rsa")), Reason.MALFORMED_TOKEN);
		refused("alg as a list", VALID.withHeader("alg", List.of("RS256")), Reason.MALFORMED_TOKEN);
		refused("alg null", VALID.withHeader("alg", null), Reason.MALFORMED_TOKEN);
		refused("no alg", VALID.withoutHeader("alg"), Reason.MALFORMED_TOKEN);
	}

	private void algorithms() {
		for (String none : List.of("none", "None", "NONE", "noNE")) {
			TestToken token = VALID.withHeader("alg", none);
			row("alg " + none + ", not signed",
					TestKey.encode(token.headerJson()) + "." + TestKey.encode(token.claimsJson()) + ".",
					Reason.ALGORITHM_NOT_ALLOWED);
			refused("alg " + none + ", signed", token, Reason.ALGORITHM_NOT_ALLOWED);
		}
		for (String algorithm : List.of("rs256", "RS257", "HS256", "HS384", "HS512", "ES256K", "RSA-OAEP", "dir", "",
				"RS256 ", "RS384", "RS512", "PS384", "PS512", "Ed448", "PBES2-HS256+A128KW")) {
			refused("alg '" + algorithm + "'", VALID.withHeader("alg", algorithm), Reason.ALGORITHM_NOT_ALLOWED);
		}
		row("HS256 with the public key's DER as the secret",
				hs256(((RSAKey) TestKey.RSA.publicKey()).getModulus().decode()), Reason.ALGORITHM_NOT_ALLOWED);
		row("HS256 with the public key's JSON as the secret",
				hs256(TestKey.RSA.publicKey().toJSONString().getBytes(StandardCharsets.UTF_8)),
				Reason.ALGORITHM_NOT_ALLOWED);
		refused("PS256 in the header, RS256 in the signature", VALID.withHeader("alg", "PS256"), Reason.BAD_SIGNATURE);
		row("RS256 in the header, PS256 in the signature", VALID.signedBy(TestKey.RSA, JWSAlgorithm.PS256),
				Reason.BAD_SIGNATURE);
		refused("ES256 with an RSA key", VALID.withHeader("alg", "ES256"), Reason.UNKNOWN_KEY);
		refused("EdDSA with an RSA key", VALID.withHeader("alg", "EdDSA"), Reason.UNKNOWN_KEY);
		row("ES384 with a P-256 key",
				VALID.withHeader("alg", "ES384")
					.withHeader("kid", TestKey.P256.keyId())
					.signedBy(TestKey.P256, JWSAlgorithm.ES256),
				Reason.BAD_SIGNATURE);
		row("RS256 with the key id of a P-256 key", VALID.withHeader("kid", TestKey.P256.keyId()).signed(),
				Reason.UNKNOWN_KEY);
	}

	private static String hs256(byte[] secret) {
		TestToken token = VALID.withHeader("alg", "HS256");
		String input = TestKey.encode(token.headerJson()) + "." + TestKey.encode(token.claimsJson());
		try {
			return input + "." + new MACSigner(secret).sign(new JWSHeader(JWSAlgorithm.HS256),
					input.getBytes(StandardCharsets.US_ASCII));
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void keys() {
		refused("unknown kid", VALID.withHeader("kid", "unknown"), Reason.UNKNOWN_KEY);
		refused("empty kid", VALID.withHeader("kid", ""), Reason.UNKNOWN_KEY);
		refused("kid in another case", VALID.withHeader("kid", "RSA"), Reason.UNKNOWN_KEY);
		refused("kid with a blank", VALID.withHeader("kid", "rsa "), Reason.UNKNOWN_KEY);
		refused("kid of 5 kB", VALID.withHeader("kid", "k".repeat(5_000)), Reason.UNKNOWN_KEY);
		refused("kid as a path", VALID.withHeader("kid", "../../../../dev/null"), Reason.UNKNOWN_KEY);
		refused("kid as SQL", VALID.withHeader("kid", "' OR 1=1 --"), Reason.UNKNOWN_KEY);
		refused("kid with NUL", VALID.withHeader("kid", "rsa\0"), Reason.UNKNOWN_KEY);
		refused("kid with a line break", VALID.withHeader("kid", "rsa\r\nX: y"), Reason.UNKNOWN_KEY);
		row("untrusted key under a trusted kid", VALID.signedBy(TestKey.OTHER_RSA, JWSAlgorithm.RS256),
				Reason.BAD_SIGNATURE);
		row("untrusted key without a kid", VALID.withoutHeader("kid").signedBy(TestKey.OTHER_RSA, JWSAlgorithm.RS256),
				Reason.BAD_SIGNATURE);
		row("untrusted key in jwk", VALID.withHeader("jwk", TestKey.OTHER_RSA.publicKey().toJSONObject())
			.signedBy(TestKey.OTHER_RSA, JWSAlgorithm.RS256), Reason.BAD_SIGNATURE);
		row("untrusted key in jwk, without a kid",
				VALID.withHeader("jwk", TestKey.OTHER_RSA.publicKey().toJSONObject())
					.withoutHeader("kid")
					.signedBy(TestKey.OTHER_RSA, JWSAlgorithm.RS256),
				Reason.BAD_SIGNATURE);
		row("untrusted key behind jku",
				VALID.withHeader("jku", "https://evil.example/keys").signedBy(TestKey.OTHER_RSA, JWSAlgorithm.RS256),
				Reason.BAD_SIGNATURE);
		row("untrusted key behind x5u",
				VALID.withHeader("x5u", "https://evil.example/cert").signedBy(TestKey.OTHER_RSA, JWSAlgorithm.RS256),
				Reason.BAD_SIGNATURE);
	}

	private void signature() {
		String good = VALID.signed();
		String[] parts = good.split("\\.", -1);
		String[] richer = VALID.with("scope", "read:notes write:notes").signed().split("\\.", -1);
		row("no signature", parts[0] + "." + parts[1] + ".", Reason.BAD_SIGNATURE);
		row("short signature", parts[0] + "." + parts[1] + ".AAAA", Reason.BAD_SIGNATURE);
		row("signature of zeros", parts[0] + "." + parts[1] + "." + "A".repeat(parts[2].length()),
				Reason.BAD_SIGNATURE);
		row("signature of another token", parts[0] + "." + richer[1] + "." + parts[2], Reason.BAD_SIGNATURE);
		row("header of another token",
				TestKey.encode(VALID.withHeader("x", 1).headerJson()) + "." + parts[1] + "." + parts[2],
				Reason.BAD_SIGNATURE);
		row("first letter of the signature changed",
				parts[0] + "." + parts[1] + "." + ((parts[2].charAt(0) == 'A') ? "B" : "A") + parts[2].substring(1),
				Reason.BAD_SIGNATURE);
		row("signature twice",
				parts[0] + "." + parts[1] + "." + parts[2].substring(0, 340) + parts[2].substring(0, 340),
				Reason.BAD_SIGNATURE);
		String[] ec = VALID.signedAsBy(TestKey.P256, JWSAlgorithm.ES256).split("\\.", -1);
		row("ES256 signature of zeros", ec[0] + "." + ec[1] + "." + "A".repeat(ec[2].length()), Reason.BAD_SIGNATURE);
		row("ES256 signature in DER",
				ec[0] + "." + ec[1] + "." + "MEUCIQDs7EyjCVWZ0AkY6Y2Np9WJcOlzZk2wU8nZ2VYy5nZ5IgIgbA",
				Reason.BAD_SIGNATURE);
		String[] ed = VALID.signedAsBy(TestKey.ED25519, JWSAlgorithm.EdDSA).split("\\.", -1);
		row("EdDSA signature of zeros", ed[0] + "." + ed[1] + "." + "A".repeat(ed[2].length()), Reason.BAD_SIGNATURE);
		row("EdDSA signature too short", ed[0] + "." + ed[1] + ".AAAA", Reason.BAD_SIGNATURE);
		for (Map.Entry<String, String[]> signed : Map.of("RS256", parts, "ES256", ec, "EdDSA", ed).entrySet()) {
			String[] token = signed.getValue();
			byte[] bytes = Base64.getUrlDecoder().decode(token[2]);
			byte[] before = new byte[bytes.length + 1];
			System.arraycopy(bytes, 0, before, 1, bytes.length);
			String name = "byte %s a signature of " + signed.getKey();
			signature(name.formatted("behind"), token, Arrays.copyOf(bytes, bytes.length + 1));
			signature(name.formatted("before"), token, before);
			signature(name.formatted("missing from"), token, Arrays.copyOf(bytes, bytes.length - 1));
		}
		row("EdDSA signature of another token",
				ed[0] + "." + TestKey.encode(VALID.with("sub", "admin").claimsJson()) + "." + ed[2],
				Reason.BAD_SIGNATURE);
	}

	private void signature(String name, String[] token, byte[] signature) {
		row(name, token[0] + "." + token[1] + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature),
				Reason.BAD_SIGNATURE);
	}

	private void kinds() {
		Map<String, Reason> types = new HashMap<>(Map.of("id_token+jwt", Reason.ID_TOKEN, "logout+jwt",
				Reason.LOGOUT_TOKEN, "secevent+jwt", Reason.SECURITY_EVENT_TOKEN, "dpop+jwt", Reason.WRONG_TYPE,
				"oauth-authz-req+jwt", Reason.WRONG_TYPE, "token-introspection+jwt", Reason.WRONG_TYPE, "JWE",
				Reason.WRONG_TYPE, "at+jwt ", Reason.WRONG_TYPE, "application/application/at+jwt", Reason.WRONG_TYPE));
		types.put("application/secevent+jwt", Reason.SECURITY_EVENT_TOKEN);
		types.put("application/logout+jwt", Reason.LOGOUT_TOKEN);
		types.put("refresh+jwt", Reason.WRONG_TYPE);
		types.forEach((type, reason) -> refused("header type '" + type + "'", VALID.withType(type), reason));
		refused("ID token by nonce", PLAIN.with("nonce", "n"), Reason.ID_TOKEN);
		refused("ID token by at_hash", PLAIN.with("at_hash", "h"), Reason.ID_TOKEN);
		refused("ID token by c_hash", PLAIN.with("c_hash", "h"), Reason.ID_TOKEN);
		refused("ID token by s_hash", PLAIN.with("s_hash", "h"), Reason.ID_TOKEN);
		refused("ID token by nonce, without a header type", PLAIN.withoutHeader("typ").with("nonce", "n"),
				Reason.ID_TOKEN);
		refused("ID token by typ", PLAIN.with("typ", "ID"), Reason.ID_TOKEN);
		refused("ID token by token_use", PLAIN.with("token_use", "id"), Reason.ID_TOKEN);
		refused("refresh token by typ", PLAIN.with("typ", "Refresh"), Reason.REFRESH_TOKEN);
		refused("refresh token by token_use", PLAIN.with("token_use", "refresh"), Reason.REFRESH_TOKEN);
		refused("logout token by typ", PLAIN.with("typ", "Logout"), Reason.LOGOUT_TOKEN);
		refused("security event by events",
				PLAIN.with("events",
						Map.of("https://schemas.openid.net/secevent/caep/event-type/session-revoked", Map.of())),
				Reason.SECURITY_EVENT_TOKEN);
		refused("nothing that proves an access token", PLAIN.without("scope").without("client_id"),
				Reason.NOT_AN_ACCESS_TOKEN);
	}

	private void issuer() {
		for (Object issuer : new Object[] { "https://evil.example/", "https://issuer.example",
				"https://issuer.example//", "https://ISSUER.example/", "HTTPS://issuer.example/",
				"http://issuer.example/", "https://issuer.example/ ", " https://issuer.example/",
				"https://issuer.example:443/", "https://issuer.example/.", "https://issuer.example/?", "", 1, true,
				List.of(TestToken.ISSUER), Map.of("iss", TestToken.ISSUER) }) {
			refused("iss '" + issuer + "' (" + issuer.getClass().getSimpleName() + ")", VALID.with("iss", issuer),
					Reason.WRONG_ISSUER);
		}
		refused("iss null", VALID.with("iss", null), Reason.WRONG_ISSUER);
		refused("no iss", VALID.without("iss"), Reason.WRONG_ISSUER);
		refused("iss with a line break", VALID.with("iss", TestToken.ISSUER + "\r\n2026 ERROR forged"),
				Reason.WRONG_ISSUER);
	}

	private void audience() {
		for (Object audience : new Object[] { "https://other.example", "https://api.example/", "https://API.example",
				"https://api.example ", "", 1, true, List.of(), List.of("https://other.example", "other"),
				List.of(1, true), List.of(List.of(TestToken.AUDIENCE)), Map.of(TestToken.AUDIENCE, 1),
				"https://api.example https://other.example", "https://api.exampl" }) {
			refused("aud " + audience + " (" + audience.getClass().getSimpleName() + ")", VALID.with("aud", audience),
					Reason.WRONG_AUDIENCE);
		}
		refused("aud null", VALID.with("aud", null), Reason.WRONG_AUDIENCE);
		refused("no aud", VALID.without("aud"), Reason.WRONG_AUDIENCE);
	}

	private void times() {
		refused("expires now, with the skew", VALID.with("exp", NOW - SKEW), Reason.TOKEN_EXPIRED);
		refused("expired a second before", VALID.with("exp", NOW - SKEW - 1).with("iat", NOW - 100),
				Reason.TOKEN_EXPIRED);
		refused("expired in 1970", VALID.with("exp", 0).with("iat", -1), Reason.TOKEN_EXPIRED);
		refused("exp negative", VALID.with("exp", -5).with("iat", -10), Reason.TOKEN_EXPIRED);
		refused("exp null", VALID.with("exp", null), Reason.MISSING_EXPIRY);
		refused("no exp", VALID.without("exp"), Reason.MISSING_EXPIRY);
		for (String name : List.of("exp", "nbf", "iat")) {
			refused(name + " as text", VALID.with(name, String.valueOf(NOW)), Reason.MALFORMED_TOKEN);
			refused(name + " as a boolean", VALID.with(name, true), Reason.MALFORMED_TOKEN);
			refused(name + " as a list", VALID.with(name, List.of(NOW)), Reason.MALFORMED_TOKEN);
			refused(name + " as an object", VALID.with(name, Map.of()), Reason.MALFORMED_TOKEN);
			refused(name + " beyond the year 9999", VALID.with(name, 253_402_300_800L), Reason.MALFORMED_TOKEN);
			refused(name + " before any year", VALID.with(name, -253_402_300_800L), Reason.MALFORMED_TOKEN);
			refused(name + " beyond any year", VALID.with(name, Long.MAX_VALUE), Reason.MALFORMED_TOKEN);
			raw(name + " as 1e400", VALID.headerJson(),
					"{\"" + name + "\":1e400," + VALID.without(name).claimsJson().substring(1), Reason.MALFORMED_TOKEN);
		}
		refused("exp as early as a year can be", VALID.with("exp", -253_402_300_799L).without("iat"),
				Reason.TOKEN_EXPIRED);
		refused("nbf a second too late", VALID.with("nbf", NOW + SKEW + 1), Reason.TOKEN_NOT_YET_VALID);
		refused("nbf tomorrow", VALID.with("nbf", NOW + 86_400).with("exp", NOW + 90_000), Reason.TOKEN_NOT_YET_VALID);
		refused("iat a second too late", VALID.with("iat", NOW + SKEW + 1), Reason.TOKEN_NOT_YET_VALID);
		refused("exp not after iat", VALID.with("exp", NOW).with("iat", NOW), Reason.MALFORMED_TOKEN);
		refused("exp before iat", VALID.with("exp", NOW).with("iat", NOW + 1), Reason.MALFORMED_TOKEN);
	}

	private void claims() {
		refused("cnf with jkt", VALID.with("cnf", Map.of("jkt", "x")), Reason.UNPROVEN_POSSESSION);
		refused("cnf with x5t#S256", VALID.with("cnf", Map.of("x5t#S256", "x")), Reason.UNPROVEN_POSSESSION);
		refused("cnf with an unknown member", VALID.with("cnf", Map.of("foo", 1)), Reason.UNPROVEN_POSSESSION);
		refused("empty cnf", VALID.with("cnf", Map.of()), Reason.UNPROVEN_POSSESSION);
		refused("cnf as text", VALID.with("cnf", "x"), Reason.UNPROVEN_POSSESSION);
		refused("cnf null", VALID.with("cnf", null), Reason.UNPROVEN_POSSESSION);
		for (Object subject : List.of(List.of(), List.of("auth0|42"), Map.of("a", 1), true, 42)) {
			refused("sub as " + subject, VALID.with("sub", subject), Reason.MALFORMED_TOKEN);
		}
		refused("neither subject nor client", VALID.without("sub").without("client_id"), Reason.MISSING_CLAIM);
		refused("client without subject", VALID.without("sub"), Reason.MISSING_CLAIM);
		refused("client beside an empty subject", VALID.with("sub", ""), Reason.MISSING_CLAIM);
		refused("client beside no subject", VALID.with("sub", null), Reason.MISSING_CLAIM);
		refused("client and session without subject", VALID.without("sub").with("sid", "s"), Reason.MISSING_CLAIM);
		refused("token for another use", VALID.with("token_use", "id"), Reason.ID_TOKEN);
		refused("token for refreshing", VALID.with("token_use", "refresh_token"), Reason.REFRESH_TOKEN);
		refused("use that is no text", VALID.with("token_use", List.of("access")), Reason.NOT_AN_ACCESS_TOKEN);
		refused("empty subject and no client", VALID.with("sub", "").without("client_id"), Reason.MISSING_CLAIM);
	}

	private void refused(String name, TestToken token, Reason reason) {
		row(name, token.signed(), reason);
	}

	private void raw(String name, String header, String payload, Reason reason) {
		row(name, TestKey.RSA.sign(JWSAlgorithm.RS256, header, payload), reason);
	}

	private void row(String name, String token, Reason reason) {
		this.rows.add(new Row(name, token, reason));
	}

}
