package dev.authstarter.token;

import java.text.ParseException;
import java.util.Map;

import com.nimbusds.jose.JWSHeader;
import dev.authstarter.Reason;

/**
 * The header of a token that is signed and asks for nothing that we do not know.
 *
 * @param members the JOSE header as JSON
 * @param jws the JOSE header as Nimbus reads it
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7515#section-4">RFC 7515 section 4</a>
 */
record JoseHeader(Map<String, Object> members, JWSHeader jws) {

	/**
	 * Judge a header.
	 * @param members the JOSE header as JSON
	 * @throws RefusedTokenException if the token is not signed, or asks for an extension
	 */
	static JoseHeader of(Map<String, Object> members) {
		if (!(members.get("alg") instanceof String algorithm)) {
			throw new RefusedTokenException(Reason.MALFORMED_TOKEN);
		}
		if (algorithm.equalsIgnoreCase("none")) {
			throw new RefusedTokenException(Reason.ALGORITHM_NOT_ALLOWED);
		}
		if (members.containsKey("crit") || members.containsKey("b64")) {
			throw new RefusedTokenException(Reason.CRITICAL_HEADER);
		}
		try {
			return new JoseHeader(members, JWSHeader.parse(members));
		}
		catch (ParseException | IllegalArgumentException ex) {
			throw new RefusedTokenException(Reason.MALFORMED_TOKEN);
		}
	}

	String algorithm() {
		return this.jws.getAlgorithm().getName();
	}

}
