package dev.authstarter.test;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;

/**
 * The keys of all forges. Made on first use, once per JVM: application contexts come and
 * go, tokens must stay good in all of them.
 */
final class ForgeKeys {

	private static final int RSA_BITS = 2048;

	private static final int ED25519_BYTES = 32;

	static final RSAKey RSA = rsa("forged-rsa");

	static final Map<JWSAlgorithm, ECKey> EC = Map.of(JWSAlgorithm.ES256, ec(Curve.P_256), JWSAlgorithm.ES384,
			ec(Curve.P_384), JWSAlgorithm.ES512, ec(Curve.P_521));

	/** The JDK's: Nimbus' own generator and signer need a further library for Ed25519. */
	static final KeyPair ED25519 = ed25519();

	static final String ED25519_ID = "forged-Ed25519";

	private static final JWKSet PUBLISHED = publish();

	private ForgeKeys() {
	}

	static JWKSet published() {
		return PUBLISHED;
	}

	private static JWKSet publish() {
		List<JWK> keys = new ArrayList<>(List.of(RSA.toPublicJWK(), publicEd25519()));
		EC.values().forEach((key) -> keys.add(key.toPublicJWK()));
		return new JWKSet(keys);
	}

	/** The point stands at the end of the key's encoding (RFC 8410 section 4). */
	private static OctetKeyPair publicEd25519() {
		byte[] encoded = ED25519.getPublic().getEncoded();
		byte[] point = Arrays.copyOfRange(encoded, encoded.length - ED25519_BYTES, encoded.length);
		return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(point)).keyUse(KeyUse.SIGNATURE)
			.keyID(ED25519_ID)
			.build();
	}

	private static RSAKey rsa(String keyId) {
		try {
			return new RSAKeyGenerator(RSA_BITS).keyUse(KeyUse.SIGNATURE).keyID(keyId).generate();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException("Cannot make an RSA key", ex);
		}
	}

	private static ECKey ec(Curve curve) {
		try {
			return new ECKeyGenerator(curve).keyUse(KeyUse.SIGNATURE).keyID("forged-" + curve.getName()).generate();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException("Cannot make a key on the curve " + curve, ex);
		}
	}

	private static KeyPair ed25519() {
		try {
			return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Cannot make an Ed25519 key", ex);
		}
	}

	/**
	 * A key that no issuer has, made only by tests that need it.
	 */
	static final class Stranger {

		static final RSAKey RSA = rsa("stranger-rsa");

		private Stranger() {
		}

	}

}
