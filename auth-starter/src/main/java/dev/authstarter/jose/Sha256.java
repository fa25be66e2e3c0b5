package dev.authstarter.jose;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 digests that replace texts which must not be stored or shown.
 */
public final class Sha256 {

	private Sha256() {
	}

	/**
	 * Return the digest of a text.
	 * @param text the text, encoded as UTF-8
	 * @return 64 hexadecimal digits in lower case
	 */
	public static String hex(String text) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
