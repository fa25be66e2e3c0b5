package dev.authstarter.test.attack.catalogue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import dev.authstarter.Reason;
import dev.authstarter.test.ForgedToken;

/**
 * Attacks on the signature and on the algorithm that verifies it (RFC 8725 sections 2.1
 * and 3.1).
 */
final class SignatureAttacks {

	private static final Set<Reason> NOT_VERIFIED = Set.of(Reason.BAD_SIGNATURE, Reason.UNKNOWN_KEY);

	/** An algorithm that does not match the key may also be one that is not allowed. */
	private static final Set<Reason> UNFIT = Set.of(Reason.BAD_SIGNATURE, Reason.UNKNOWN_KEY,
			Reason.ALGORITHM_NOT_ALLOWED);

	private SignatureAttacks() {
	}

	static List<Attack> all() {
		List<Attack> attacks = new ArrayList<>(List.of(
				broken("stripped-signature", "A valid token without its signature, ending with the dot.",
						(token) -> token.withSignature("")),
				broken("truncated-signature", "A valid token with half of its signature.",
						(token) -> token
							.withSignature(token.signature().substring(0, token.signature().length() / 8 * 4))),
				broken("zero-signature", "A signature of zeros.",
						(token) -> token.withSignature("A".repeat(token.signature().length()))),
				broken("tampered-signature", "A valid token with one changed letter in its signature.",
						(token) -> token.withSignature(
								(token.signature().startsWith("A") ? "B" : "A") + token.signature().substring(1))),
				broken("tampered-header", "A valid token with a header that was added later.",
						(token) -> token.withHeader(TokenText.withFirstMember(token.header(), "\"x\":1"))),
				forged("tampered-claims", "A valid token with a claim that was added later.", ForgedToken::tampered),
				Attack.of(Family.SIGNATURE, "signature-of-another-token",
						"The claims of one token under the signature of another.", Reason.BAD_SIGNATURE, (aim) -> {
							TokenText other = TokenText.of(aim.token().withClaim("jti", "other"));
							return aim.bearing(TokenText.of(aim.token()).withSignature(other.signature()).toString());
						}),
				forged("untrusted-key", "A key of the attacker with the key id of the issuer's key.",
						ForgedToken::signedByUntrustedKey),
				forged("unknown-key", "A key that the issuer does not have.", ForgedToken::withUnknownKey),
				forged("unnamed-key", "A key of the attacker without a key id.",
						(token) -> token.withUnknownKey().withoutHeader("kid"))));
		for (String none : List.of("none", "None", "NONE", "nOnE")) {
			String name = none.equals("none") ? "none" : "none-" + none;
			attacks.add(algorithm("alg-" + name, "No signature, and the algorithm `%s`.".formatted(none),
					(token) -> token.unsigned().withHeader("alg", none)));
		}
		attacks.addAll(List.of(
				algorithm("alg-none-signed", "The algorithm `none` with a valid signature.",
						(token) -> token.withHeader("alg", "none")),
				algorithm("alg-hs256-der", "HS256 with the bytes of the public key as the secret.",
						ForgedToken::signedWithPublicKeyAsSecret),
				secret("alg-hs256-pem", "HS256 with the PEM file of the public key as the secret.",
						SignatureAttacks::pem),
				secret("alg-hs256-jwk", "HS256 with the published JSON of the public key as the secret.",
						(key) -> key.toJSONString()),
				algorithm("alg-unknown", "An unknown algorithm.", (token) -> token.withHeader("alg", "RS257")),
				algorithm("alg-lower-case", "The algorithm in lower case.",
						(token) -> token.withHeader("alg", "rs256")),
				algorithm("alg-blank", "The algorithm followed by a blank.",
						(token) -> token.withHeader("alg", "RS256 ")),
				algorithm("alg-empty", "An empty name of an algorithm.", (token) -> token.withHeader("alg", "")),
				algorithm("alg-encryption", "An algorithm for encryption.",
						(token) -> token.withHeader("alg", "RSA-OAEP")),
				unfit("alg-ec-for-rsa", "ES256 in the header, signed by an RSA key.",
						(token) -> token.withHeader("alg", "ES256")),
				unfit("alg-eddsa-for-rsa", "EdDSA in the header, signed by an RSA key.",
						(token) -> token.withHeader("alg", "EdDSA")),
				unfit("alg-pss-for-pkcs1", "PS256 in the header, signed with RS256.",
						(token) -> token.withHeader("alg", "PS256")),
				Attack.of(Family.ALGORITHM, "alg-missing", "A header without an algorithm.", Reason.MALFORMED_TOKEN,
						(aim) -> aim.bearing(aim.token().withoutHeader("alg")))));
		return attacks;
	}

	private static Attack broken(String name, String documentation, UnaryOperator<TokenText> change) {
		return Attack.of(Family.SIGNATURE, name, documentation, Reason.BAD_SIGNATURE,
				(aim) -> aim.bearing(change.apply(TokenText.of(aim.token())).toString()));
	}

	private static Attack forged(String name, String documentation, UnaryOperator<ForgedToken> change) {
		return Attack.of(Family.SIGNATURE, name, documentation, NOT_VERIFIED,
				(aim) -> aim.bearing(change.apply(aim.token())));
	}

	private static Attack algorithm(String name, String documentation, UnaryOperator<ForgedToken> change) {
		return Attack.of(Family.ALGORITHM, name, documentation, Reason.ALGORITHM_NOT_ALLOWED,
				(aim) -> aim.bearing(change.apply(aim.token())));
	}

	private static Attack unfit(String name, String documentation, UnaryOperator<ForgedToken> change) {
		return Attack.of(Family.ALGORITHM, name, documentation, UNFIT, (aim) -> aim.bearing(change.apply(aim.token())));
	}

	private static Attack secret(String name, String documentation, Function<RSAKey, String> secret) {
		return Attack.of(Family.ALGORITHM, name, documentation, Reason.ALGORITHM_NOT_ALLOWED, (aim) -> {
			TokenText token = TokenText.of(aim.token().withHeader("alg", "HS256"));
			return aim.bearing(token.signedWithSecret(secret.apply(rsa(aim)).getBytes(StandardCharsets.UTF_8)));
		});
	}

	private static RSAKey rsa(Aim aim) {
		return aim.attacker()
			.publicKeys()
			.stream()
			.filter(RSAKey.class::isInstance)
			.map(RSAKey.class::cast)
			.findFirst()
			.orElseThrow();
	}

	private static String pem(RSAKey key) {
		try {
			return "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n".formatted(
					Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(key.toPublicKey().getEncoded()));
		}
		catch (JOSEException ex) {
			throw new IllegalStateException("Cannot write the public key", ex);
		}
	}

}
