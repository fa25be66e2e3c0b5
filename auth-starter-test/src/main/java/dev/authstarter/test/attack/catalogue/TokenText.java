package dev.authstarter.test.attack.catalogue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.DeflaterOutputStream;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.util.Base64URL;
import dev.authstarter.test.ForgedToken;

/**
 * The parts of a token, to be combined in ways that a forge does not support.
 *
 * @param header the first part
 * @param claims the second part
 * @param signature the third part
 */
record TokenText(String header, String claims, String signature) {

	static TokenText of(ForgedToken token) {
		String[] parts = token.value().split("\\.", -1);
		return new TokenText(parts[0], parts[1], parts[2]);
	}

	TokenText withHeader(String part) {
		return new TokenText(part, this.claims, this.signature);
	}

	TokenText withClaims(String part) {
		return new TokenText(this.header, part, this.signature);
	}

	TokenText withSignature(String part) {
		return new TokenText(this.header, this.claims, part);
	}

	/** Add a member before the others, even if it exists already. */
	static String withFirstMember(String part, String member) {
		return encode("{" + member + "," + new Base64URL(part).decodeToString().substring(1));
	}

	static String encode(String json) {
		return Base64URL.encode(json).toString();
	}

	/**
	 * A compressed part: JWE defines compression and JWS does not (RFC 7516 section
	 * 4.1.3).
	 */
	static String deflated(int zeros) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (DeflaterOutputStream deflater = new DeflaterOutputStream(bytes)) {
			deflater.write(new byte[zeros]);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return Base64URL.encode(bytes.toByteArray()).toString();
	}

	/** Signed with a shared secret, independent of the header. */
	String signedWithSecret(byte[] secret) {
		try {
			return signed(JWSAlgorithm.HS256, new MACSigner(secret));
		}
		catch (JOSEException ex) {
			throw new IllegalStateException("Cannot sign with a secret", ex);
		}
	}

	/** Signed with the attacker's key, independent of the header. */
	String signedByAttacker() {
		try {
			return signed(JWSAlgorithm.RS256, new RSASSASigner(AttackerKey.PRIVATE));
		}
		catch (JOSEException ex) {
			throw new IllegalStateException("Cannot sign with the attacker's key", ex);
		}
	}

	/** Nimbus' signers read only the algorithm, so the header can have any content. */
	private String signed(JWSAlgorithm algorithm, JWSSigner signer) throws JOSEException {
		String input = this.header + "." + this.claims;
		return input + "." + signer.sign(new JWSHeader(algorithm), input.getBytes(StandardCharsets.US_ASCII));
	}

	@Override
	public String toString() {
		return this.header + "." + this.claims + "." + this.signature;
	}

}
