package dev.authstarter.jose;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The digest under which texts are known that must not be kept or shown.
 */
public final class Sha256 {

	private Sha256() {
	}

	/**
	 * Make the digest of a text.
	 * @param text the text, of which the UTF-8 form counts
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
