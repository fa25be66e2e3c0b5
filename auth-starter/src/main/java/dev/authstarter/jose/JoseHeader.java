package dev.authstarter.jose;

import java.util.Map;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import dev.authstarter.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The header of a token that is signed and demands no extension. Only the members that
 * choose algorithm, type and key are read. All others are ignored, as RFC 7515 section 4
 * allows: keys, certificates and addresses that a token carries prove nothing.
 *
 * @param members the JOSE header as JSON
 * @param jws algorithm and key id, by which Nimbus selects the key
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7515#section-4">RFC 7515 section 4</a>
 */
public record JoseHeader(Map<String, Object> members, JWSHeader jws) {

	/**
	 * Read a header.
	 * @param members the JOSE header as JSON
	 * @throws RefusedTokenException if the token is not signed, demands an extension, or
	 * a member that is read is no text
	 */
	static JoseHeader of(Map<String, Object> members) {
		String algorithm = text(members, "alg");
		if (algorithm == null) {
			throw new RefusedTokenException(Reason.MALFORMED_TOKEN);
		}
		if (algorithm.equalsIgnoreCase("none")) {
			throw new RefusedTokenException(Reason.ALGORITHM_NOT_ALLOWED);
		}
		if (members.containsKey("crit") || members.containsKey("b64")) {
			throw new RefusedTokenException(Reason.CRITICAL_HEADER);
		}
		text(members, "typ");
		return new JoseHeader(members,
				new JWSHeader.Builder(JWSAlgorithm.parse(algorithm)).keyID(text(members, "kid")).build());
	}

	private static @Nullable String text(Map<String, Object> members, String name) {
		Object value = members.get(name);
		if (value != null && !(value instanceof String)) {
			throw new RefusedTokenException(Reason.MALFORMED_TOKEN);
		}
		return (String) value;
	}

	public String algorithm() {
		return this.jws.getAlgorithm().getName();
	}

	/** Nothing of the token. */
	@Override
	public String toString() {
		return "JoseHeader[]";
	}

}
