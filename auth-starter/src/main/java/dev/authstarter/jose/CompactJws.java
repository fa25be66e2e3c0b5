package dev.authstarter.jose;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import java.util.Map;

import com.nimbusds.jose.util.Base64URL;
import dev.authstarter.Reason;

/**
 * A JWT in compact JWS form, taken apart and not yet believed.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7515#section-5.2">RFC 7515 section
 * 5.2</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7519#section-7.2">RFC 7519 section
 * 7.2</a>
 */
public final class CompactJws {

	/** Last characters of a base64url text of length 4n+2 whose spare bits are zero. */
	private static final String LAST_OF_TWO = "AQgw";

	/** Last characters of a base64url text of length 4n+3 whose spare bits are zero. */
	private static final String LAST_OF_THREE = "AEIMQUYcgkosw048";

	private final String encodedHeader;

	private final JoseHeader header;

	private final Map<String, Object> claims;

	private final byte[] signingInput;

	private final Base64URL signature;

	private CompactJws(String encodedHeader, JoseHeader header, Map<String, Object> claims, byte[] signingInput,
			Base64URL signature) {
		this.encodedHeader = encodedHeader;
		this.header = header;
		this.claims = claims;
		this.signingInput = signingInput;
		this.signature = signature;
	}

	/**
	 * Tell whether a token is meant to be a JWS: three parts with a dot between.
	 */
	public static boolean hasForm(String value) {
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
	public static CompactJws parse(String value, KnownHeaders known) {
		int first = value.indexOf('.');
		int second = value.indexOf('.', first + 1);
		if (!hasForm(value) || first < 1 || second < first + 2 || value.indexOf('=') >= 0) {
			throw new RefusedTokenException(Reason.MALFORMED_TOKEN);
		}
		byte[] signingInput = value.substring(0, second).getBytes(StandardCharsets.ISO_8859_1);
		String encodedHeader = value.substring(0, first);
		JoseHeader header = known.find(encodedHeader);
		if (header == null) {
			header = JoseHeader.of(parseJson(ByteBuffer.wrap(signingInput, 0, first)));
		}
		String signature = value.substring(second + 1);
		Base64URL decodedSignature = new DecodedSignature(signature,
				bytes(decode(ByteBuffer.wrap(signature.getBytes(StandardCharsets.ISO_8859_1)))));
		Map<String, Object> claims = parseJson(ByteBuffer.wrap(signingInput, first + 1, second - first - 1));
		return new CompactJws(encodedHeader, header, claims, signingInput, decodedSignature);
	}

	private static Map<String, Object> parseJson(ByteBuffer part) {
		try {
			return StrictJson.parseObject(decode(part));
		}
		catch (ParseException ex) {
			throw new RefusedTokenException(Reason.MALFORMED_TOKEN);
		}
	}

	private static byte[] bytes(ByteBuffer buffer) {
		byte[] bytes = new byte[buffer.remaining()];
		buffer.get(bytes);
		return bytes;
	}

	/**
	 * Decode base64url without padding whose spare bits are zero (RFC 4648 section 3.5).
	 * That leaves each part one spelling and not the token one text: of an ECDSA
	 * signature both (r, s) and (r, n - s) verify, and issuers use either. So nothing may
	 * know a token again by its text, to refuse it least of all.
	 */
	private static ByteBuffer decode(ByteBuffer part) {
		boolean canonical = switch (part.remaining() % 4) {
			case 0 -> true;
			case 2 -> LAST_OF_TWO.indexOf(part.get(part.limit() - 1)) >= 0;
			case 3 -> LAST_OF_THREE.indexOf(part.get(part.limit() - 1)) >= 0;
			default -> false;
		};
		if (!canonical) {
			throw new RefusedTokenException(Reason.MALFORMED_TOKEN);
		}
		try {
			return Base64.getUrlDecoder().decode(part);
		}
		catch (IllegalArgumentException ex) {
			throw new RefusedTokenException(Reason.MALFORMED_TOKEN);
		}
	}

	/** The first part of the token. */
	String encodedHeader() {
		return this.encodedHeader;
	}

	public JoseHeader header() {
		return this.header;
	}

	/** The payload as JSON. */
	public Map<String, Object> claims() {
		return this.claims;
	}

	/** What is signed: the first two parts with the dot between. */
	byte[] signingInput() {
		return this.signingInput;
	}

	Base64URL signature() {
		return this.signature;
	}

}
