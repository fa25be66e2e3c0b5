package dev.authstarter.token;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import java.util.Map;

import com.nimbusds.jose.util.Base64URL;
import dev.authstarter.Reason;
import dev.authstarter.http.StrictJson;

/**
 * A JWT in compact JWS form, taken apart and not yet believed.
 *
 * @param value the whole token
 * @param encodedHeader its first part
 * @param header the JOSE header
 * @param claims the payload as JSON
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7515#section-5.2">RFC 7515 section
 * 5.2</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7519#section-7.2">RFC 7519 section
 * 7.2</a>
 */
record CompactJws(String value, String encodedHeader, JoseHeader header, Map<String, Object> claims) {

	/** Last characters of a base64url text of length 4n+2 whose spare bits are zero. */
	private static final String LAST_OF_TWO = "AQgw";

	/** Last characters of a base64url text of length 4n+3 whose spare bits are zero. */
	private static final String LAST_OF_THREE = "AEIMQUYcgkosw048";

	/** What stands for bytes that are no text, and may stand in a text by itself. */
	private static final char REPLACEMENT = '\ufffd';

	/**
	 * Tell whether a token is meant to be a JWS: three parts with a dot between.
	 */
	static boolean hasForm(String value) {
		int first = value.indexOf('.');
		int second = value.indexOf('.', first + 1);
		return first >= 0 && second >= 0 && value.indexOf('.', second + 1) < 0;
	}

	/**
	 * Take a token apart.
	 * @param value what was sent
	 * @param known the headers that need no second look
	 * @throws RefusedTokenException if it is not a JWT in compact JWS form, is not
	 * signed, or asks for an extension
	 */
	static CompactJws parse(String value, KnownHeaders known) {
		int first = value.indexOf('.');
		int second = value.indexOf('.', first + 1);
		if (!hasForm(value) || first < 1 || second < first + 2) {
			throw new RefusedTokenException(Reason.MALFORMED_TOKEN);
		}
		String encodedHeader = value.substring(0, first);
		JoseHeader header = known.find(encodedHeader);
		if (header == null) {
			header = JoseHeader.of(parseJson(encodedHeader));
		}
		decode(value.substring(second + 1));
		return new CompactJws(value, encodedHeader, header, parseJson(value.substring(first + 1, second)));
	}

	private static Map<String, Object> parseJson(String part) {
		try {
			return StrictJson.parseObject(text(decode(part)));
		}
		catch (ParseException | CharacterCodingException ex) {
			throw new RefusedTokenException(Reason.MALFORMED_TOKEN);
		}
	}

	/** The strict way is slow and told from the lenient one by a single character. */
	private static String text(byte[] bytes) throws CharacterCodingException {
		String text = new String(bytes, StandardCharsets.UTF_8);
		return (text.indexOf(REPLACEMENT) < 0) ? text
				: StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
	}

	/**
	 * One token, one spelling: base64url without padding whose spare bits are zero (RFC
	 * 4648 section 3.5).
	 */
	private static byte[] decode(String part) {
		boolean canonical = switch (part.length() % 4) {
			case 0 -> true;
			case 2 -> LAST_OF_TWO.indexOf(part.charAt(part.length() - 1)) >= 0;
			case 3 -> LAST_OF_THREE.indexOf(part.charAt(part.length() - 1)) >= 0;
			default -> false;
		};
		if (!canonical || part.indexOf('=') >= 0) {
			throw new RefusedTokenException(Reason.MALFORMED_TOKEN);
		}
		try {
			return Base64.getUrlDecoder().decode(part);
		}
		catch (IllegalArgumentException ex) {
			throw new RefusedTokenException(Reason.MALFORMED_TOKEN);
		}
	}

	byte[] signingInput() {
		return this.value.substring(0, this.value.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII);
	}

	Base64URL signature() {
		return new Base64URL(this.value.substring(this.value.lastIndexOf('.') + 1));
	}

}
