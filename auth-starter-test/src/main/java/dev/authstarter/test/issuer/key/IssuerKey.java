package dev.authstarter.test.issuer.key;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.opts.AllowWeakRSAKey;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;

/**
 * A key of the issuer: its id, the algorithm that it signs with, and how it is published.
 *
 * @param keyId the {@code kid}
 * @param algorithm the {@code alg} that it signs with
 * @param type the kind of key
 * @param pair the key itself
 * @param published the members of its JWK, without private members
 */
public record IssuerKey(String keyId, String algorithm, KeyPairs.Type type, KeyPair pair,
		Map<String, Object> published) {

	private static final int ED25519_KEY_LENGTH = 32;

	/**
	 * Create a key for an algorithm.
	 * @param keyId the {@code kid}
	 * @param algorithm the {@code alg}
	 * @param type the kind of key, which may be weaker than the algorithm requires
	 * @param metadata members of the JWK beside the key itself, {@code use} for example
	 */
	public static IssuerKey create(String keyId, String algorithm, KeyPairs.Type type, Map<String, Object> metadata) {
		KeyPair pair = KeyPairs.lend(type);
		Map<String, Object> published = new TreeMap<>(toJwk(pair).toJSONObject());
		published.put("kid", keyId);
		published.putAll(metadata);
		return new IssuerKey(keyId, algorithm, type, pair, Map.copyOf(published));
	}

	private static JWK toJwk(KeyPair pair) {
		if (pair.getPublic() instanceof RSAPublicKey key) {
			return new RSAKey.Builder(key).build();
		}
		if (pair.getPublic() instanceof ECPublicKey key) {
			return new ECKey.Builder(Curve.forECParameterSpec(key.getParams()), key).build();
		}
		byte[] encoded = pair.getPublic().getEncoded();
		return new OctetKeyPair.Builder(Curve.Ed25519,
				Base64URL.encode(Arrays.copyOfRange(encoded, encoded.length - ED25519_KEY_LENGTH, encoded.length)))
			.build();
	}

	/**
	 * Sign with the algorithm that the header names if this key supports it, otherwise
	 * with its own.
	 */
	public Base64URL sign(Object headerAlgorithm, byte[] input) {
		String name = (headerAlgorithm instanceof String text && supports(text)) ? text : this.algorithm;
		try {
			if (this.type == KeyPairs.Type.ED25519) {
				return signEd25519(this.pair.getPrivate(), input);
			}
			return signer().sign(new JWSHeader(JWSAlgorithm.parse(name)), input);
		}
		catch (JOSEException | GeneralSecurityException ex) {
			throw new IllegalStateException("Cannot sign with " + name, ex);
		}
	}

	private boolean supports(String name) {
		return this.pair.getPublic() instanceof RSAPublicKey
				&& JWSAlgorithm.Family.RSA.contains(JWSAlgorithm.parse(name));
	}

	private JWSSigner signer() throws JOSEException {
		return (this.pair.getPrivate() instanceof ECPrivateKey key) ? new ECDSASigner(key)
				: new RSASSASigner(this.pair.getPrivate(), Set.of(AllowWeakRSAKey.getInstance()));
	}

	/** Uses the JDK, because Nimbus' own signer needs another library for Ed25519. */
	private static Base64URL signEd25519(PrivateKey key, byte[] input) throws GeneralSecurityException {
		Signature signature = Signature.getInstance("Ed25519");
		signature.initSign(key);
		signature.update(input);
		return Base64URL.encode(signature.sign());
	}

}
