package dev.authstarter.jose;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Detects texts that start like a JOSE object and are not signed JWTs, such as encrypted
 * tokens and malformed input. They cannot be active opaque tokens, so that the
 * introspection endpoint is not called for them.
 */
public final class JoseForm {

	/** The number of characters that are checked if the rest is malformed. */
	private static final int BEGINNING = 64;

	/**
	 * From this number of parts on, a text that starts like an object is not an opaque
	 * token.
	 */
	private static final int MANY_PARTS = 4;

	private static final Pattern OBJECT = Pattern.compile("\\s*\\{.*", Pattern.DOTALL);

	private static final Pattern HEADER = Pattern.compile("\\s*\\{.*\"(alg|enc)\"\\s*:.*", Pattern.DOTALL);

	private static final Pattern FOREIGN = Pattern.compile("[^A-Za-z0-9_-].*");

	private JoseForm() {
	}

	/**
	 * Return whether a text has a JOSE header or starts like one.
	 * @param text a text whose number of parts differs from that of a signed JWT
	 */
	public static boolean matches(String text) {
		int dot = text.indexOf('.');
		String first = (dot < 0) ? text : text.substring(0, dot);
		String beginning = beginning(first);
		if (!OBJECT.matcher(beginning).matches()) {
			return false;
		}
		// A random token of one or two parts may start with the same characters, so
		// that further evidence is needed.
		return text.chars().filter((c) -> c == '.').count() + 1 >= MANY_PARTS || HEADER.matcher(beginning).matches()
				|| isHeader(first);
	}

	/** Decode the decodable start of a text, in either alphabet of base64. */
	private static String beginning(String encoded) {
		String same = encoded.substring(0, Math.min(BEGINNING, encoded.length())).replace('+', '-').replace('/', '_');
		String legal = FOREIGN.matcher(same).replaceFirst("");
		int whole = legal.length() - ((legal.length() % 4 == 1) ? 1 : 0);
		return new String(decode(legal.substring(0, whole)), StandardCharsets.ISO_8859_1);
	}

	/** RFC 7515 and RFC 7516 require {@code alg} and {@code enc}. */
	private static boolean isHeader(String encoded) {
		try {
			Map<String, Object> members = StrictJson.parseObject(ByteBuffer.wrap(decode(encoded)));
			return members.containsKey("alg") || members.containsKey("enc");
		}
		catch (ParseException ex) {
			return false;
		}
	}

	/** Returns an empty array if the text is not base64url. */
	private static byte[] decode(String encoded) {
		try {
			return Base64.getUrlDecoder().decode(encoded);
		}
		catch (IllegalArgumentException ex) {
			return new byte[0];
		}
	}

}
