package dev.authstarter.test.signing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.Base64URL;
import org.jspecify.annotations.Nullable;

/**
 * A way to sign, with the matching members of the header.
 *
 * @param algorithm the name in the header
 * @param keyId the key id in the header, or {@code null} for none
 * @param signer makes the signature
 */
public record Signing(String algorithm, @Nullable String keyId, Signer signer) {

	/** Sign with a key under its id. */
	static Signing of(JWSAlgorithm algorithm, JWK key, JWSSigner signer) {
		JWSHeader header = new JWSHeader(algorithm);
		// Nimbus' signers read only the algorithm, so the header of the token can have
		// any content.
		return new Signing(algorithm.getName(), key.getKeyID(), (input) -> signer.sign(header, input));
	}

	/** Sign with another key under the issuer's key id. */
	public static Signing byUntrustedKey(ForgeKeys keys) {
		return new Signing(JWSAlgorithm.RS256.getName(), keys.rsa().getKeyID(), byUnknownKey().signer);
	}

	/** Sign with a key that the issuer does not have. */
	public static Signing byUnknownKey() {
		try {
			return of(JWSAlgorithm.RS256, ForgeKeys.UntrustedKey.RSA, new RSASSASigner(ForgeKeys.UntrustedKey.RSA));
		}
		catch (JOSEException ex) {
			throw cannotSign("an unknown key", ex);
		}
	}

	/** Sign with the public key's bytes as a shared secret (RFC 8725 section 2.1). */
	public static Signing byPublicKeyAsSecret(ForgeKeys keys) {
		try {
			return of(JWSAlgorithm.HS256, keys.rsa(), new MACSigner(keys.rsa().toPublicKey().getEncoded()));
		}
		catch (JOSEException ex) {
			throw cannotSign(JWSAlgorithm.HS256.getName(), ex);
		}
	}

	/** Do not sign (RFC 7515 appendix A.5). */
	public static Signing unsigned() {
		return new Signing("none", null, (input) -> new Base64URL(""));
	}

	/**
	 * Set the header members that describe the signature.
	 * @param header the members of the JOSE header, which are changed
	 */
	public void announce(Map<String, @Nullable Object> header) {
		header.put("alg", this.algorithm);
		header.remove("kid");
		if (this.keyId != null) {
			header.put("kid", this.keyId);
		}
	}

	public String sign(String input) {
		try {
			return input + "." + this.signer.sign(input.getBytes(StandardCharsets.US_ASCII));
		}
		catch (JOSEException | GeneralSecurityException ex) {
			throw cannotSign(this.algorithm, ex);
		}
	}

	static IllegalStateException cannotSign(String how, Exception cause) {
		return new IllegalStateException("Cannot sign with " + how, cause);
	}

	/**
	 * Makes the signature of a token.
	 */
	@FunctionalInterface
	public interface Signer {

		Base64URL sign(byte[] input) throws JOSEException, GeneralSecurityException;

	}

}
