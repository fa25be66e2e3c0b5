package dev.authstarter.jose;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Set;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;

/**
 * Verifies a signature with a key that matches the token's header. The verifier of a key
 * is created once and dropped with the key.
 */
public final class SignatureVerifier {

	/** The prefix of an Ed25519 public key of 32 bytes (RFC 8410 section 4). */
	private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

	/** The original name and that of RFC 9864. */
	private static final Set<String> ED25519_ALGORITHMS = Set.of("EdDSA", "Ed25519");

	private static final int ED25519_SIGNATURE_LENGTH = 64;

	private static final Verification NEVER = (jws) -> false;

	/**
	 * Weak keys are compared by identity, so that no two keys share a verifier. The cache
	 * is maintained on the calling thread, since that is little work.
	 */
	private final LoadingCache<JWK, Verification> verifications = Caffeine.newBuilder()
		.weakKeys()
		.executor(Runnable::run)
		.build(SignatureVerifier::verification);

	public boolean verify(CompactJws jws, JWK key) {
		try {
			return this.verifications.get(key).verify(jws);
		}
		catch (JOSEException | GeneralSecurityException ex) {
			return false;
		}
	}

	private static Verification verification(JWK key) {
		try {
			if (key instanceof RSAKey rsa) {
				return with(new RSASSAVerifier(rsa));
			}
			if (key instanceof ECKey ec) {
				return with(new ECDSAVerifier(ec));
			}
			return (key instanceof OctetKeyPair edwards) ? withEd25519(edwards) : NEVER;
		}
		catch (JOSEException | GeneralSecurityException ex) {
			return NEVER;
		}
	}

	/** Nimbus rejects an algorithm that does not match the key. */
	private static Verification with(JWSVerifier verifier) {
		return (jws) -> verifier.verify(jws.header().jws(), jws.signingInput(), jws.signature());
	}

	/** Uses the JDK, because Nimbus' own verifier needs a further library for Ed25519. */
	private static Verification withEd25519(OctetKeyPair key) throws GeneralSecurityException {
		byte[] point = key.getDecodedX();
		byte[] encoded = new byte[ED25519_PREFIX.length + point.length];
		System.arraycopy(ED25519_PREFIX, 0, encoded, 0, ED25519_PREFIX.length);
		System.arraycopy(point, 0, encoded, ED25519_PREFIX.length, point.length);
		PublicKey publicKey = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
		return (jws) -> ED25519_ALGORITHMS.contains(jws.header().algorithm()) && verifyEd25519(jws, publicKey);
	}

	private static boolean verifyEd25519(CompactJws jws, PublicKey key) throws GeneralSecurityException {
		byte[] sent = jws.signature().decode();
		// The JDK ignores bytes after the signature.
		if (sent.length != ED25519_SIGNATURE_LENGTH) {
			return false;
		}
		Signature signature = Signature.getInstance("Ed25519");
		signature.initVerify(key);
		signature.update(jws.signingInput());
		return signature.verify(sent);
	}

	/**
	 * Verifies with one key.
	 */
	private interface Verification {

		boolean verify(CompactJws jws) throws JOSEException, GeneralSecurityException;

	}

}
