package dev.authstarter.test;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.Base64URL;
import org.jspecify.annotations.Nullable;

/**
 * A way to sign, with what the header says about it.
 *
 * @param algorithm the name in the header
 * @param keyId the key id in the header, or {@code null} for none
 * @param signer makes the third part of the token
 */
record Signing(String algorithm, @Nullable String keyId, Signer signer) {

	private static final Map<JWSAlgorithm, Signing> BY_ISSUER = new ConcurrentHashMap<>();

	/**
	 * Sign as the issuer does.
	 * @param algorithm an asymmetric algorithm
	 * @throws IllegalArgumentException if the algorithm is another
	 */
	static Signing byIssuer(JWSAlgorithm algorithm) {
		return BY_ISSUER.computeIfAbsent(algorithm, Signing::create);
	}

	private static Signing create(JWSAlgorithm algorithm) {
		try {
			if (JWSAlgorithm.Family.RSA.contains(algorithm)) {
				return of(algorithm, ForgeKeys.RSA, new RSASSASigner(ForgeKeys.RSA));
			}
			ECKey key = ForgeKeys.EC.get(algorithm);
			if (key != null) {
				return of(algorithm, key, new ECDSASigner(key));
			}
		}
		catch (JOSEException ex) {
			throw cannotSign(algorithm.getName(), ex);
		}
		if (algorithm.equals(JWSAlgorithm.EdDSA) || algorithm.equals(JWSAlgorithm.Ed25519)) {
			return new Signing(algorithm.getName(), ForgeKeys.ED25519_ID, Signing::signEd25519);
		}
		throw new IllegalArgumentException(
				"algorithm cannot be %s: use RS*, PS*, ES256, ES384, ES512, EdDSA or ".formatted(algorithm)
						+ "Ed25519. For attacks, see signedWithPublicKeyAsSecret() and unsigned()");
	}

	/** Another key under the issuer's key id. */
	static Signing byStranger() {
		return new Signing(JWSAlgorithm.RS256.getName(), ForgeKeys.RSA.getKeyID(), byUnknownKey().signer);
	}

	/** A key that the issuer does not have. */
	static Signing byUnknownKey() {
		try {
			return of(JWSAlgorithm.RS256, ForgeKeys.Stranger.RSA, new RSASSASigner(ForgeKeys.Stranger.RSA));
		}
		catch (JOSEException ex) {
			throw cannotSign("a stranger's key", ex);
		}
	}

	/** The public key's bytes as a shared secret (RFC 8725 section 2.1). */
	static Signing byPublicKeyAsSecret() {
		try {
			return of(JWSAlgorithm.HS256, ForgeKeys.RSA, new MACSigner(ForgeKeys.RSA.toPublicKey().getEncoded()));
		}
		catch (JOSEException ex) {
			throw cannotSign(JWSAlgorithm.HS256.getName(), ex);
		}
	}

	/** Nobody (RFC 7515 appendix A.5). */
	static Signing byNobody() {
		return new Signing("none", null, (input) -> new Base64URL(""));
	}

	String sign(String input) {
		try {
			return input + "." + this.signer.sign(input.getBytes(StandardCharsets.US_ASCII));
		}
		catch (JOSEException | GeneralSecurityException ex) {
			throw cannotSign(this.algorithm, ex);
		}
	}

	/**
	 * Nimbus' signers read only the algorithm, so that a token's header may be anything.
	 */
	private static Signing of(JWSAlgorithm algorithm, JWK key, JWSSigner signer) {
		JWSHeader header = new JWSHeader(algorithm);
		return new Signing(algorithm.getName(), key.getKeyID(), (input) -> signer.sign(header, input));
	}

	private static Base64URL signEd25519(byte[] input) throws GeneralSecurityException {
		Signature signature = Signature.getInstance("Ed25519");
		signature.initSign(ForgeKeys.ED25519.getPrivate());
		signature.update(input);
		return Base64URL.encode(signature.sign());
	}

	private static IllegalStateException cannotSign(String how, Exception cause) {
		return new IllegalStateException("Cannot sign with " + how, cause);
	}

	/**
	 * Makes the third part of a token.
	 */
	@FunctionalInterface
	interface Signer {

		Base64URL sign(byte[] input) throws JOSEException, GeneralSecurityException;

	}

}
