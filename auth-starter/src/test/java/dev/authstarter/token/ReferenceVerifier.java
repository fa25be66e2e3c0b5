package dev.authstarter.token;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.text.ParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObject;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestKey;
import dev.authstarter.fixture.TestToken;
import org.jspecify.annotations.Nullable;

/**
 * Verifies tokens independently of the library: with Nimbus' parsers and a simple check
 * of each requirement.
 */
final class ReferenceVerifier {

	private static final List<JWK> KEYS = Stream
		.of(TestKey.RSA, TestKey.P256, TestKey.P384, TestKey.P521, TestKey.ED25519)
		.map(TestKey::publicKey)
		.toList();

	private static final Set<String> ALGORITHMS = Set.of("RS256", "PS256", "ES256", "ES384", "ES512", "EdDSA",
			"Ed25519");

	private static final Set<String> TYPES = Set.of("", "jwt", "at+jwt", "application/jwt", "application/at+jwt",
			"application/");

	private static final long NOW = TestApi.NOW.getEpochSecond();

	private static final long SKEW = 30;

	private ReferenceVerifier() {
	}

	static boolean isGood(String token) {
		try {
			Base64URL[] parts = JOSEObject.split(token);
			JWSHeader header = header(parts[0]);
			Map<String, Object> claims = JSONObjectUtils.parse(parts[1].decodeToString());
			byte[] signed = token.substring(0, token.lastIndexOf('.')).getBytes(StandardCharsets.UTF_8);
			return parts.length == 3 && isHeaderGood(header) && areClaimsGood(claims)
					&& isGenuine(header, signed, parts[2]);
		}
		catch (ParseException | JOSEException | GeneralSecurityException ex) {
			return false;
		}
	}

	/** The members that decide; those that carry keys and certificates are ignored. */
	private static JWSHeader header(Base64URL encoded) throws ParseException {
		Map<String, Object> members = new HashMap<>(JSONObjectUtils.parse(encoded.decodeToString()));
		members.keySet().retainAll(Set.of("alg", "typ", "kid", "crit", "b64"));
		try {
			return JWSHeader.parse(members, encoded);
		}
		catch (IllegalArgumentException ex) {
			throw new ParseException(ex.getMessage(), 0);
		}
	}

	private static boolean isHeaderGood(JWSHeader header) {
		String type = (header.getType() != null) ? header.getType().getType() : "";
		return ALGORITHMS.contains(header.getAlgorithm().getName()) && TYPES.contains(type.toLowerCase(Locale.ROOT))
				&& header.getCriticalParams() == null && header.isBase64URLEncodePayload();
	}

	private static boolean areClaimsGood(Map<String, Object> claims) {
		return TestToken.ISSUER.equals(claims.get("iss")) && isForUs(claims.get("aud"))
				&& claims.get("exp") instanceof Number expiry && expiry.doubleValue() > NOW - SKEW
				&& hasBegun(claims.get("nbf")) && hasBegun(claims.get("iat")) && !claims.containsKey("cnf")
				&& claims.get("sub") instanceof String subject && !subject.isBlank()
				&& subject.chars().noneMatch(Character::isISOControl);
	}

	private static boolean isForUs(@Nullable Object audience) {
		return TestToken.AUDIENCE.equals(audience)
				|| (audience instanceof List<?> audiences && audiences.contains(TestToken.AUDIENCE));
	}

	private static boolean hasBegun(@Nullable Object start) {
		return start == null || (start instanceof Number time && time.longValue() <= NOW + SKEW);
	}

	private static boolean isGenuine(JWSHeader header, byte[] signed, Base64URL signature)
			throws JOSEException, GeneralSecurityException {
		for (JWK key : KEYS) {
			String keyId = header.getKeyID();
			if ((keyId == null || keyId.equals(key.getKeyID())) && isGenuine(header, signed, signature, key)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isGenuine(JWSHeader header, byte[] signed, Base64URL signature, JWK key)
			throws JOSEException, GeneralSecurityException {
		String algorithm = header.getAlgorithm().getName();
		if (key instanceof RSAKey rsa && algorithm.matches("[RP]S256")) {
			return new RSASSAVerifier(rsa).verify(header, signed, signature);
		}
		if (key instanceof ECKey ec && new ECDSAVerifier(ec).supportedJWSAlgorithms().contains(header.getAlgorithm())) {
			return new ECDSAVerifier(ec).verify(header, signed, signature);
		}
		return key instanceof OctetKeyPair edwards && algorithm.startsWith("Ed")
				&& verifyEd25519(signed, signature.decode(), edwards);
	}

	private static boolean verifyEd25519(byte[] signed, byte[] sent, OctetKeyPair key) throws GeneralSecurityException {
		byte[] point = key.getDecodedX();
		byte[] reversed = new byte[point.length];
		for (int i = 0; i < point.length; i++) {
			reversed[i] = point[point.length - 1 - i];
		}
		boolean odd = (reversed[0] & 0x80) != 0;
		reversed[0] &= 0x7f;
		PublicKey publicKey = KeyFactory.getInstance("Ed25519")
			.generatePublic(
					new EdECPublicKeySpec(NamedParameterSpec.ED25519, new EdECPoint(odd, new BigInteger(1, reversed))));
		Signature signature = Signature.getInstance("Ed25519");
		signature.initVerify(publicKey);
		signature.update(signed);
		return sent.length == 64 && signature.verify(sent);
	}

}
