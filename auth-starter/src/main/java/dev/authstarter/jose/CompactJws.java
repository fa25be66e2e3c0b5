package dev.authstarter.jose;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import java.util.Map;

import com.nimbusds.jose.util.Base64URL;
import dev.authstarter.Reason;
import org.jspecify.annotations.Nullable;

/**
 * A parsed JWT in compact JWS form, whose signature is not verified yet.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7515#section-5.2">RFC 7515 section
 * 5.2</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7519#section-7.2">RFC 7519 section
 * 7.2</a>
 */
public final class CompactJws implements ParsedJws {

	private static final Unreadable MALFORMED = new Unreadable(Reason.MALFORMED_TOKEN);

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
	 * Return whether a token has the form of a JWS: three parts, separated by dots.
	 */
	public static boolean hasForm(String value) {
		int first = value.indexOf('.');
		int second = value.indexOf('.', first + 1);
		return first >= 0 && second >= 0 && value.indexOf('.', second + 1) < 0;
	}

	/**
	 * Parse a token.
	 * @param value the token as it was sent
	 * @param known the headers that were validated before
	 * @return the parts, or the reason why there are none
	 */
	public static ParsedJws parse(String value, KnownHeaders known) {
		int first = value.indexOf('.');
		int second = value.indexOf('.', first + 1);
		if (!hasForm(value) || first < 1 || second < first + 2 || value.indexOf('=') >= 0) {
			return MALFORMED;
		}
		byte[] signingInput = value.substring(0, second).getBytes(StandardCharsets.ISO_8859_1);
		String encodedHeader = value.substring(0, first);
		JoseHeader header = known.find(encodedHeader);
		if (header == null) {
			Map<String, Object> members = parseJson(ByteBuffer.wrap(signingInput, 0, first));
			Reason refused = (members != null) ? JoseHeader.refuse(members) : Reason.MALFORMED_TOKEN;
			if (members == null || refused != null) {
				return (refused != null) ? new Unreadable(refused) : MALFORMED;
			}
			header = JoseHeader.of(members);
		}
		String signature = value.substring(second + 1);
		ByteBuffer decodedSignature = decode(ByteBuffer.wrap(signature.getBytes(StandardCharsets.ISO_8859_1)));
		Map<String, Object> claims = parseJson(ByteBuffer.wrap(signingInput, first + 1, second - first - 1));
		if (decodedSignature == null || claims == null) {
			return MALFORMED;
		}
		return new CompactJws(encodedHeader, header, claims, signingInput,
				new DecodedSignature(signature, bytes(decodedSignature)));
	}

	private static @Nullable Map<String, Object> parseJson(ByteBuffer part) {
		ByteBuffer decoded = decode(part);
		try {
			return (decoded != null) ? StrictJson.parseObject(decoded) : null;
		}
		catch (ParseException ex) {
			return null;
		}
	}

	private static byte[] bytes(ByteBuffer buffer) {
		byte[] bytes = new byte[buffer.remaining()];
		buffer.get(bytes);
		return bytes;
	}

	/**
	 * Decode base64url without padding whose spare bits are zero (RFC 4648 section 3.5).
	 * Each part then has one spelling, but a token still has several texts: of an ECDSA
	 * signature both (r, s) and (r, n - s) verify, and issuers use either. Do not
	 * identify a token by its text, in particular not to refuse it.
	 * @return the bytes, or {@code null} for any other text
	 */
	private static @Nullable ByteBuffer decode(ByteBuffer part) {
		boolean canonical = switch (part.remaining() % 4) {
			case 0 -> true;
			case 2 -> LAST_OF_TWO.indexOf(part.get(part.limit() - 1)) >= 0;
			case 3 -> LAST_OF_THREE.indexOf(part.get(part.limit() - 1)) >= 0;
			default -> false;
		};
		try {
			return canonical ? Base64.getUrlDecoder().decode(part) : null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	/** Return the encoded first part of the token. */
	String encodedHeader() {
		return this.encodedHeader;
	}

	public JoseHeader header() {
		return this.header;
	}

	/** Return the payload as JSON. */
	public Map<String, Object> claims() {
		return this.claims;
	}

	/** Return the signed bytes: the first two parts with the dot between them. */
	byte[] signingInput() {
		return this.signingInput;
	}

	Base64URL signature() {
		return this.signature;
	}

}
