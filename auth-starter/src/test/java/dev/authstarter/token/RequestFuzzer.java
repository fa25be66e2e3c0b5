package dev.authstarter.token;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

import com.nimbusds.jose.JWSAlgorithm;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestKey;
import dev.authstarter.fixture.TestToken;

/**
 * Breaks valid requests at random: the characters of tokens, the members of their JSON,
 * the form of the header. The same seed makes the same request.
 */
final class RequestFuzzer {

	private static final String NOTES = "/organizations/org_acme/notes";

	private static final long NOW = TestApi.NOW.getEpochSecond();

	private static final List<Signer> QUICK_SIGNERS = List.of(new Signer(TestKey.RSA, JWSAlgorithm.RS256),
			new Signer(TestKey.RSA, JWSAlgorithm.RS256), new Signer(TestKey.RSA, JWSAlgorithm.RS256),
			new Signer(TestKey.RSA, JWSAlgorithm.PS256), new Signer(TestKey.OTHER_RSA, JWSAlgorithm.RS256));

	/** With a curve, signing and above all verifying takes many times longer. */
	private static final List<Signer> SLOW_SIGNERS = List.of(new Signer(TestKey.P256, JWSAlgorithm.ES256),
			new Signer(TestKey.P384, JWSAlgorithm.ES384), new Signer(TestKey.P521, JWSAlgorithm.ES512),
			new Signer(TestKey.ED25519, JWSAlgorithm.EdDSA), new Signer(TestKey.ED25519, JWSAlgorithm.Ed25519));

	private static final List<String> QUICK = signed(QUICK_SIGNERS);

	private static final List<String> SLOW = signed(SLOW_SIGNERS);

	static final List<String> HEADER_NAMES = List.of("alg", "typ", "kid", "jwk", "jku", "x5u", "x5c", "x5t", "x5t#S256",
			"cty", "crit", "b64", "enc", "zip", "epk", "apu", "p2s", "p2c", "iv", "tag", "iss", "nonce", "");

	private static final List<String> CLAIM_NAMES = List.of("iss", "sub", "aud", "exp", "nbf", "iat", "jti",
			"client_id", "azp", "cid", "scope", "scp", "org_id", "org_name", "roles", "permissions", "act", "cnf",
			"nonce", "at_hash", "events", "typ", "token_use", "active", "auth_time", "acr", "realm_access", "name", "");

	/** What fits somewhere else, or nearly. */
	static final List<String> PLAUSIBLE = List.of("\"" + TestToken.ISSUER + "\"", "\"" + TestToken.AUDIENCE + "\"",
			"[\"" + TestToken.AUDIENCE + "\",\"x\"]", "\"https://issuer.example\"", "\"at+jwt\"",
			"\"application/at+jwt\"", "\"AT+JWT\"", "\"JWT\"", "\"id_token+jwt\"", "\"logout+jwt\"", "\"secevent+jwt\"",
			"\"Refresh\"", "\"Logout\"", "\"ID\"", "\"id\"", "\"refresh\"", "\"RS256\"", "\"PS256\"", "\"ES256\"",
			"\"ES384\"", "\"ES512\"", "\"EdDSA\"", "\"Ed25519\"", "\"HS256\"", "\"none\"", "\"RSA-OAEP\"", "\"dir\"",
			"\"A128GCM\"", "\"DEF\"", "\"rsa\"", "\"p256\"", "\"ed25519\"", "\"read:notes\"", "[\"read:notes\"]",
			"\"write:notes\"", "\"org_acme\"", "\"auth0|42\"", "[\"exp\"]", "[\"b64\"]", "" + NOW, "" + (NOW + 300),
			"" + (NOW - 30), "" + (NOW + 30), "" + (NOW + 31), (NOW + 300) + ".5", "{\"jkt\":\"x\"}", "{\"sub\":\"x\"}",
			TestKey.OTHER_RSA.publicKey().toJSONString(), TestKey.P256.publicKey().toJSONString());

	static final List<String> ODD = List.of("null", "true", "false", "0", "-0", "-1", "1e400", "-1e400", "1e-400",
			"0.1", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "253402300799", "253402300800",
			"1E5", "01", "+1", "1.", ".5", "0x10", "NaN", "Infinity", "-Infinity", "\"\"", "\" \"", "\"\\u0000\"",
			"\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\uffff\"", "\"\\r\\nX: y\"", "\"\u2028\"", "\"\ud83d\ude00\"",
			"\"a\\\"b\"", "\"\t\"", "\"\\x\"", "\"\\u12\"", "[]", "{}", "[null]", "[[]]", "[{}]", "{\"\":null}",
			"{\"a\":1,\"a\":2}", "undefined", "'x'", "", "[", "{", "\"", "[1,]", "/**/1");

	private static final List<String> SCHEMES = List.of("Bearer", "bearer", "BEARER", "Bearer", "Bearer", "Bear",
			"Bearer:", "Basic", "DPoP", "Negotiate", "Token", "\"Bearer\"", "Bearer,", "B\u0435arer", "");

	private static final List<String> SEPARATORS = List.of(" ", " ", " ", " ", "  ", "\t", "", ",", ", ", "=", "\u00a0",
			"\0", "\r\n ", "\n", "\u000b", "\u0085", " token=", " \"");

	private static final List<String> SUFFIXES = List.of("", "", "", "", " ", "\t", ",", ", Bearer x", "=", "==", "\0",
			"\r\n", "\r\nX: y", "\"", ";q=1", "\u00ff", "\u20ac", "/", "+", "~", ".", " x", "%20");

	private static final List<String> QUERIES = List.of("access_token=x", "access_token", "access_token=", "a=b",
			"a=b&access_token=x", "%61ccess_token=x", "access_token=%zz", "%zz", "%", "a=%ff", "=", "&&", "a[]=b");

	private static final String CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/~";

	private static final String UNUSUAL_CHARACTERS = "\0\t\r\n \"',;:{}[]<>%&?#\\|\u007f\u0085\u00a0\u00e9\u00ff"
			+ "\u0131\u2028\u20ac\ufeff\uffff";

	private static final List<Charset> CHARSETS = List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_8,
			StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16);

	private final SplittableRandom random;

	RequestFuzzer(long seed) {
		this.random = new SplittableRandom(seed);
	}

	FuzzedRequest request() {
		List<String> authorization = new ArrayList<>();
		int headers = chance(98) ? 1 : this.random.nextInt(4);
		while (authorization.size() < headers) {
			authorization.add(chance(80) ? "Bearer " + token() : header());
		}
		String path = chance(50) ? NOTES : "/me";
		String form = (path.equals(NOTES) && chance(3)) ? any(QUERIES) : null;
		return new FuzzedRequest(path, chance(3) ? any(QUERIES) : null, form, authorization);
	}

	private String header() {
		String scheme = chance(90) ? any(SCHEMES) : edited("Bearer");
		String value = scheme + any(SEPARATORS) + token() + any(SUFFIXES);
		return chance(10) ? edited(value) : value;
	}

	private String token() {
		return switch (this.random.nextInt(10)) {
			case 0 -> signed();
			case 1, 2, 3 -> edited(signed());
			case 4 -> spliced();
			case 5 -> noise();
			default -> rewritten();
		};
	}

	private String signed() {
		return chance(95) ? any(QUICK) : any(SLOW);
	}

	private static List<String> signed(List<Signer> signers) {
		return signers.stream()
			.map((signer) -> TestToken.validAt(TestApi.NOW).signedAsBy(signer.key(), signer.algorithm()))
			.toList();
	}

	private static String signatureOf(String token) {
		return token.substring(token.lastIndexOf('.') + 1);
	}

	/** The header of one token, the claims of another, the signature of a third. */
	private String spliced() {
		List<String> parts = new ArrayList<>();
		int count = chance(80) ? 3 : this.random.nextInt(6);
		while (parts.size() < count) {
			String[] token = signed().split("\\.", -1);
			parts.add(token[chance(80) ? Math.min(parts.size(), 2) : this.random.nextInt(3)]);
		}
		return String.join(".", parts);
	}

	private String noise() {
		StringBuilder text = new StringBuilder();
		int length = this.random.nextInt(chance(95) ? 60 : 17_000);
		while (text.length() < length) {
			text.append(character());
		}
		return text.toString();
	}

	/** A token with rewritten JSON, with a valid signature or without one. */
	private String rewritten() {
		Signer signer = chance(95) ? any(QUICK_SIGNERS) : any(SLOW_SIGNERS);
		List<Member> header = members("alg", "\"" + signer.algorithm().getName() + "\"", "typ",
				chance(50) ? "\"at+jwt\"" : "\"JWT\"", "kid", "\"" + signer.key().keyId() + "\"");
		List<Member> claims = members("iss", "\"" + TestToken.ISSUER + "\"", "sub", "\"auth0|42\"", "aud",
				"\"" + TestToken.AUDIENCE + "\"", "client_id", "\"clinic-spa\"", "iat", "" + NOW, "exp",
				"" + (NOW + 300), "scope", "\"read:notes\"", "org_id", "\"org_acme\"");
		if (chance(50)) {
			rewrite(header, HEADER_NAMES);
		}
		if (chance(70)) {
			rewrite(claims, CLAIM_NAMES);
		}
		String headerJson = json(header);
		String claimsJson = json(claims);
		if (chance(40)) {
			return signer.key().sign(signer.algorithm(), headerJson, claimsJson);
		}
		String signature = signatureOf(signed());
		return encode(headerJson) + "." + encode(claimsJson) + "." + signature;
	}

	private static List<Member> members(String... namesAndValues) {
		List<Member> members = new ArrayList<>();
		for (int i = 0; i < namesAndValues.length; i += 2) {
			members.add(new Member(namesAndValues[i], namesAndValues[i + 1]));
		}
		return members;
	}

	private void rewrite(List<Member> members, List<String> names) {
		int times = 1 + this.random.nextInt(3);
		for (int i = 0; i < times; i++) {
			int index = this.random.nextInt(members.size());
			switch (this.random.nextInt(5)) {
				case 0 -> members.add(index, new Member(any(names), value(0)));
				case 1 -> members.add(new Member(members.get(index).name(), value(0)));
				case 2 -> members.set(index, new Member(edited(members.get(index).name()), value(0)));
				case 3 -> {
					if (members.size() > 1) {
						members.remove(index);
					}
				}
				default -> members.set(index, new Member(members.get(index).name(), value(0)));
			}
		}
	}

	private String json(List<Member> members) {
		StringBuilder json = new StringBuilder("{");
		for (Member member : members) {
			json.append((json.length() > 1) ? "," : "").append('"').append(member.name()).append("\":");
			json.append(member.value());
		}
		json.append('}');
		return chance(5) ? edited(json.toString()) : json.toString();
	}

	private String value(int depth) {
		return switch (this.random.nextInt((depth < 3) ? 8 : 6)) {
			case 0, 1, 2 -> any(PLAUSIBLE);
			case 3 -> any(ODD);
			case 4 -> chance(50) ? Long.toString(this.random.nextLong()) : Double.toString(this.random.nextDouble());
			case 5 -> chance(95) ? "\"" + text() + "\"" : nested();
			case 6 -> "[" + joined(() -> value(depth + 1)) + "]";
			default -> "{" + joined(() -> "\"" + any(CLAIM_NAMES) + "\":" + value(depth + 1)) + "}";
		};
	}

	private String joined(Supplier<String> element) {
		List<String> elements = new ArrayList<>();
		int count = this.random.nextInt(4);
		while (elements.size() < count) {
			elements.add(element.get());
		}
		return String.join(",", elements);
	}

	private String nested() {
		int depth = 1 + this.random.nextInt(2_000);
		return chance(50) ? "[".repeat(depth) + "]".repeat(depth) : "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
	}

	private String text() {
		StringBuilder text = new StringBuilder();
		int length = this.random.nextInt(chance(95) ? 20 : 2_000);
		while (text.length() < length) {
			text.append(character());
		}
		return text.toString();
	}

	/** One to three characters replaced, inserted, removed, doubled or cut off. */
	private String edited(String text) {
		StringBuilder edited = new StringBuilder(text);
		int times = 1 + this.random.nextInt(3);
		for (int i = 0; i < times && !edited.isEmpty(); i++) {
			int index = this.random.nextInt(edited.length());
			switch (this.random.nextInt(8)) {
				case 0 -> edited.insert(index, character());
				case 1 -> edited.deleteCharAt(index);
				case 2 -> edited.insert(index, edited.charAt(index));
				case 3 -> edited.insert(index, edited.substring(this.random.nextInt(index + 1), index));
				case 4 -> {
					if (chance(20)) {
						edited.setLength(index);
					}
				}
				default -> edited.setCharAt(index, character());
			}
		}
		return edited.toString();
	}

	private char character() {
		if (chance(95)) {
			return CHARACTERS.charAt(this.random.nextInt(CHARACTERS.length()));
		}
		return chance(80) ? UNUSUAL_CHARACTERS.charAt(this.random.nextInt(UNUSUAL_CHARACTERS.length()))
				: (char) this.random.nextInt(Character.MAX_VALUE + 1);
	}

	private String encode(String json) {
		Base64.Encoder encoder = chance(95) ? Base64.getUrlEncoder().withoutPadding() : Base64.getEncoder();
		return encoder.encodeToString(json.getBytes(any(CHARSETS)));
	}

	private boolean chance(int percent) {
		return this.random.nextInt(100) < percent;
	}

	private <T> T any(List<T> list) {
		return list.get(this.random.nextInt(list.size()));
	}

	/**
	 * Who signs, and how.
	 */
	private record Signer(TestKey key, JWSAlgorithm algorithm) {

	}

	/**
	 * A member of a JSON object, with its value as written.
	 */
	private record Member(String name, String value) {

	}

}
