package dev.authstarter.keys;

import java.io.IOException;
import java.math.BigInteger;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import dev.authstarter.jose.PrintableText;
import org.jspecify.annotations.Nullable;

/**
 * Parses a key set key by key, so that an invalid or unsupported key is skipped and the
 * others remain, and keeps the public keys that may verify a signature.
 */
final class KeySetParser {

	private static final int MAXIMUM_DESCRIPTION = 200;

	private static final int MINIMUM_RSA_BITS = 2048;

	private static final int ED25519_KEY_LENGTH = 32;

	private static final Set<Curve> CURVES = Set.of(Curve.P_256, Curve.P_384, Curve.P_521);

	private KeySetParser() {
	}

	/**
	 * Parse a key set.
	 * @param document the JSON object of RFC 7517 section 5
	 * @return the usable keys, at least one
	 * @throws IOException if there is none
	 */
	static JWKSet parse(Map<String, Object> document) throws IOException {
		List<JWK> keys = new ArrayList<>();
		for (Object entry : entries(document)) {
			JWK key = parse(entry);
			if (key != null && isUsable(key)) {
				keys.add(withoutAlias(key.toPublicJWK()));
			}
		}
		if (keys.isEmpty()) {
			throw new IOException("The key set has no key that can verify signatures");
		}
		return new JWKSet(keys);
	}

	/**
	 * Find the signature keys that verify no token of the issuer: invalid ones, weak
	 * ones, and those for algorithms that are not allowed.
	 * @param document the JSON object of RFC 7517 section 5
	 * @param algorithms the algorithms that the issuer's tokens may be signed with
	 * @return a description of each key for the operator
	 */
	static List<String> useless(Map<String, Object> document, List<String> algorithms) {
		List<JWSAlgorithm> allowed = algorithms.stream().map(JWSAlgorithm::parse).toList();
		List<String> useless = new ArrayList<>();
		for (Object entry : entries(document)) {
			JWK key = parse(entry);
			boolean signs = (key != null) ? isForSignatures(key) : !isForEncryption(entry);
			boolean useful = key != null && isUsable(key)
					&& allowed.stream().anyMatch((algorithm) -> fits(withoutAlias(key), algorithm));
			if (signs && !useful) {
				useless.add(describe(entry));
			}
		}
		return useless;
	}

	private static boolean fits(JWK key, JWSAlgorithm algorithm) {
		JWKMatcher matcher = JWKMatcher.forJWSHeader(new JWSHeader(algorithm));
		return matcher != null && matcher.matches(key)
				&& (!(key instanceof ECKey ec) || Curve.forJWSAlgorithm(algorithm).contains(ec.getCurve()));
	}

	private static boolean isForEncryption(@Nullable Object entry) {
		return entry instanceof Map<?, ?> members && KeyUse.ENCRYPTION.getValue().equals(members.get("use"));
	}

	private static String describe(@Nullable Object entry) {
		Map<?, ?> members = (entry instanceof Map<?, ?> map) ? map : Map.of();
		String text = "'%s' (kty %s, alg %s)".formatted(members.get("kid"), members.get("kty"), members.get("alg"));
		return PrintableText.of(text.substring(0, Math.min(text.length(), MAXIMUM_DESCRIPTION)));
	}

	private static List<?> entries(Map<String, Object> document) {
		return (document.get("keys") instanceof List<?> entries) ? entries : List.of();
	}

	@SuppressWarnings("unchecked")
	private static @Nullable JWK parse(@Nullable Object entry) {
		try {
			return (entry instanceof Map<?, ?> members) ? JWK.parse((Map<String, Object>) members) : null;
		}
		catch (ParseException | RuntimeException ex) {
			// An invalid key does not affect the others, whatever the exception.
			return null;
		}
	}

	/**
	 * An Ed25519 key verifies the algorithm {@code EdDSA} and, since RFC 9864, also
	 * {@code Ed25519}. A key that declares either name matches both.
	 */
	private static JWK withoutAlias(JWK key) {
		boolean alias = key instanceof OctetKeyPair
				&& (JWSAlgorithm.EdDSA.equals(key.getAlgorithm()) || JWSAlgorithm.Ed25519.equals(key.getAlgorithm()));
		return alias ? new OctetKeyPair.Builder(key.toOctetKeyPair()).algorithm(null).build() : key;
	}

	private static boolean isUsable(JWK key) {
		return key.getKeyRevocation() == null && isForSignatures(key) && isStrong(key);
	}

	private static boolean isForSignatures(JWK key) {
		Set<KeyOperation> operations = key.getKeyOperations();
		return (key.getKeyUse() == null || KeyUse.SIGNATURE.equals(key.getKeyUse()))
				&& (operations == null || operations.contains(KeyOperation.VERIFY))
				&& (key.getAlgorithm() == null || JWSAlgorithm.Family.SIGNATURE.contains(key.getAlgorithm()));
	}

	private static boolean isStrong(JWK key) {
		if (key instanceof RSAKey rsa) {
			// With the exponent 1, every message is its own signature.
			BigInteger exponent = rsa.getPublicExponent().decodeToBigInteger();
			// Nimbus counts leading zeros in its key size.
			int bits = rsa.getModulus().decodeToBigInteger().bitLength();
			return bits >= MINIMUM_RSA_BITS && exponent.testBit(0) && exponent.bitLength() > 1;
		}
		if (key instanceof ECKey ec) {
			return CURVES.contains(ec.getCurve());
		}
		return key instanceof OctetKeyPair okp && Curve.Ed25519.equals(okp.getCurve())
				&& okp.getDecodedX().length == ED25519_KEY_LENGTH;
	}

}
