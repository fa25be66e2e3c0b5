package dev.authstarter.benchmarks.library;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.util.HexFormat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jwt.SignedJWT;
import dev.authstarter.benchmarks.BenchmarkedToken;

/**
 * The public keys of the forge as Java keys.
 */
public final class PublicKeys {

	/** The encoding before the 32 bytes of an Ed25519 public key (RFC 8410 section 4). */
	private static final String ED25519_PREFIX = "302a300506032b6570032100";

	private PublicKeys() {
	}

	/** Find the key that verifies a token. */
	public static JWK jwk(String token) {
		try {
			return BenchmarkedToken.FORGE.publicKeys().getKeyByKeyId(SignedJWT.parse(token).getHeader().getKeyID());
		}
		catch (ParseException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	public static PublicKey of(String token) throws GeneralSecurityException, JOSEException {
		JWK key = jwk(token);
		return (key instanceof OctetKeyPair edwards) ? ed25519(edwards) : ((AsymmetricJWK) key).toPublicKey();
	}

	private static PublicKey ed25519(OctetKeyPair key) throws GeneralSecurityException {
		String encoded = ED25519_PREFIX + HexFormat.of().formatHex(key.getDecodedX());
		return KeyFactory.getInstance("Ed25519")
			.generatePublic(new X509EncodedKeySpec(HexFormat.of().parseHex(encoded)));
	}

	public static Signature signature(JWSAlgorithm algorithm) {
		try {
			return Signature.getInstance(switch (algorithm.getName()) {
				case "RS256" -> "SHA256withRSA";
				case "ES256" -> "SHA256withECDSAinP1363Format";
				case "Ed25519" -> "Ed25519";
				default -> throw new IllegalArgumentException("algorithm cannot be " + algorithm);
			});
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
