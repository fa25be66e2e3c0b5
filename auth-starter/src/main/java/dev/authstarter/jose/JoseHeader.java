package dev.authstarter.jose;

import java.util.Map;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import dev.authstarter.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The header of a token that is signed and requires no extension. Only the members for
 * algorithm, type and key id are used. All others are ignored, as RFC 7515 section 4
 * allows: keys, certificates and addresses in a token are not trusted.
 *
 * @param members the JOSE header as JSON
 * @param jws algorithm and key id, by which Nimbus selects the key
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7515#section-4">RFC 7515 section 4</a>
 */
public record JoseHeader(Map<String, Object> members, JWSHeader jws) {

	/**
	 * Validate a header.
	 * @param members the JOSE header as JSON
	 * @return the reason if the token is not signed, requires an extension, or a member
	 * that is used is not a string; otherwise {@code null}
	 */
	static @Nullable Reason refuse(Map<String, Object> members) {
		if (!(members.get("alg") instanceof String algorithm)) {
			return Reason.MALFORMED_TOKEN;
		}
		if (algorithm.equalsIgnoreCase("none")) {
			return Reason.ALGORITHM_NOT_ALLOWED;
		}
		if (members.containsKey("crit") || members.containsKey("b64")) {
			return Reason.CRITICAL_HEADER;
		}
		return (isTextOrAbsent(members, "typ") && isTextOrAbsent(members, "kid")) ? null : Reason.MALFORMED_TOKEN;
	}

	private static boolean isTextOrAbsent(Map<String, Object> members, String name) {
		Object value = members.get(name);
		return value == null || value instanceof String;
	}

	/**
	 * Create a header from validated members.
	 * @param members the JOSE header as JSON
	 */
	static JoseHeader of(Map<String, Object> members) {
		return new JoseHeader(members,
				new JWSHeader.Builder(JWSAlgorithm.parse((String) members.get("alg")))
					.keyID((String) members.get("kid"))
					.build());
	}

	public String algorithm() {
		return this.jws.getAlgorithm().getName();
	}

	/** Return a text without the members. */
	@Override
	public String toString() {
		return "JoseHeader[]";
	}

}
