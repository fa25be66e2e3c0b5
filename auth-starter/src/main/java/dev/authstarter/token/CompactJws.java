package dev.authstarter.token;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import java.util.Map;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import dev.authstarter.Reason;
import dev.authstarter.http.StrictJson;

/**
 * A JWT in compact JWS form, taken apart and not yet believed.
 *
 * @param value the whole token
 * @param header the JOSE header as JSON
 * @param jwsHeader the JOSE header as Nimbus reads it
 * @param claims the payload as JSON
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7515#section-5.2">RFC 7515 section
 * 5.2</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7519#section-7.2">RFC 7519 section
 * 7.2</a>
 */
record CompactJws(String value, Map<String, Object> header, JWSHeader jwsHeader, Map<String, Object> claims) {

	/** Last characters of a base64url text of length 4n+2 whose spare bits are zero. */
	private static final String LAST_OF_TWO = "AQgw";

	/** Last characters of a base64url text of length 4n+3 whose spare bits are zero. */
	private static final String LAST_OF_THREE = "AEIMQUYcgkosw048";

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
	 * @throws RefusedTokenException if it is not a JWT in compact JWS form, is not
	 * signed, or asks for an extension
	 */
	static CompactJws parse(String value) {
		int first = value.indexOf('.');
		int second = value.indexOf('.', first + 1);
		if (!hasForm(value) || first < 1 || second < first + 2) {
			throw new RefusedTokenException(Reason.MALFORMED_TOKEN);
		}
		Map<String, Object> header = parseJson(value.substring(0, first));
		if (!(header.get("alg") instanceof String algorithm)) {
			throw new RefusedTokenException(Reason.MALFORMED_TOKEN);
		}
		if (algorithm.equalsIgnoreCase("none")) {
			throw new RefusedTokenException(Reason.ALGORITHM_NOT_ALLOWED);
		}
		if (header.containsKey("crit") || header.containsKey("b64")) {
			throw new RefusedTokenException(Reason.CRITICAL_HEADER);
		}
		requireCanonical(value.substring(second + 1));
		return new CompactJws(value, header, parseHeader(header), parseJson(value.substring(first + 1, second)));
	}

	private static Map<String, Object> parseJson(String part) {
		requireCanonical(part);
		try {
			String json = StandardCharsets.UTF_8.newDecoder()
				.decode(ByteBuffer.wrap(Base64.getUrlDecoder().decode(part)))
				.toString();
			return StrictJson.parseObject(json);
		}
		catch (ParseException | CharacterCodingException ex) {
			throw new RefusedTokenException(Reason.MALFORMED_TOKEN);
		}
	}

	/**
	 * One token, one spelling: base64url without padding whose spare bits are zero (RFC
	 * 4648 section 3.5).
	 */
	private static void requireCanonical(String part) {
		for (int i = 0; i < part.length(); i++) {
			if (!isBase64Url(part.charAt(i))) {
				throw new RefusedTokenException(Reason.MALFORMED_TOKEN);
			}
		}
		boolean canonical = switch (part.length() % 4) {
			case 0 -> true;
			case 2 -> LAST_OF_TWO.indexOf(part.charAt(part.length() - 1)) >= 0;
			case 3 -> LAST_OF_THREE.indexOf(part.charAt(part.length() - 1)) >= 0;
			default -> false;
		};
		if (!canonical) {
			throw new RefusedTokenException(Reason.MALFORMED_TOKEN);
		}
	}

	private static boolean isBase64Url(char c) {
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
	}

	private static JWSHeader parseHeader(Map<String, Object> header) {
		try {
			return JWSHeader.parse(header);
		}
		catch (ParseException | IllegalArgumentException ex) {
			throw new RefusedTokenException(Reason.MALFORMED_TOKEN);
		}
	}

	String algorithm() {
		return this.jwsHeader.getAlgorithm().getName();
	}

	byte[] signingInput() {
		return this.value.substring(0, this.value.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII);
	}

	Base64URL signature() {
		return new Base64URL(this.value.substring(this.value.lastIndexOf('.') + 1));
	}

}
