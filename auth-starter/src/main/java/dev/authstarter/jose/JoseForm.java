package dev.authstarter.jose;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Knows texts that start like a JOSE object and are no signed JWT: encrypted tokens, and
 * what only a stranger sends. No issuer can call them active opaque tokens, so nobody is
 * asked about them.
 */
public final class JoseForm {

	/** So many characters are looked at where the rest may be broken. */
	private static final int BEGINNING = 64;

	/** From so many parts on, a text that starts like an object is no opaque token. */
	private static final int MANY_PARTS = 4;

	private static final Pattern OBJECT = Pattern.compile("\\s*\\{.*", Pattern.DOTALL);

	private static final Pattern HEADER = Pattern.compile("\\s*\\{.*\"(alg|enc)\"\\s*:.*", Pattern.DOTALL);

	private static final Pattern FOREIGN = Pattern.compile("[^A-Za-z0-9_-].*");

	private JoseForm() {
	}

	/**
	 * Tell whether a text has, or pretends to have, a JOSE header.
	 * @param text a text that has another number of parts than a signed JWT
	 */
	public static boolean matches(String text) {
		int dot = text.indexOf('.');
		String first = (dot < 0) ? text : text.substring(0, dot);
		String beginning = beginning(first);
		if (!OBJECT.matcher(beginning).matches()) {
			return false;
		}
		// A random token of one or two parts may start with the same characters, so that
		// proves nothing yet.
		return text.chars().filter((c) -> c == '.').count() + 1 >= MANY_PARTS || HEADER.matcher(beginning).matches()
				|| isHeader(first);
	}

	/** What can be decoded of the beginning, in either alphabet of base64. */
	private static String beginning(String encoded) {
		String same = encoded.substring(0, Math.min(BEGINNING, encoded.length())).replace('+', '-').replace('/', '_');
		String legal = FOREIGN.matcher(same).replaceFirst("");
		int whole = legal.length() - ((legal.length() % 4 == 1) ? 1 : 0);
		return new String(decode(legal.substring(0, whole)), StandardCharsets.ISO_8859_1);
	}

	/** RFC 7515 and RFC 7516 demand {@code alg} and {@code enc}. */
	private static boolean isHeader(String encoded) {
		try {
			Map<String, Object> members = StrictJson.parseObject(ByteBuffer.wrap(decode(encoded)));
			return members.containsKey("alg") || members.containsKey("enc");
		}
		catch (ParseException ex) {
			return false;
		}
	}

	/** Nothing where it is not base64url. */
	private static byte[] decode(String encoded) {
		try {
			return Base64.getUrlDecoder().decode(encoded);
		}
		catch (IllegalArgumentException ex) {
			return new byte[0];
		}
	}

}
