package dev.authstarter.token.check;

import java.util.Map;

/**
 * The content of a token, whose signature may not be verified yet.
 *
 * @param format the format in which it was sent
 * @param header the JOSE header as JSON; empty for an opaque token, which has none
 * @param claims the claims as JSON; for an opaque token the members of the introspection
 * response
 */
public record TokenContent(TokenFormat format, Map<String, Object> header, Map<String, Object> claims) {

	/**
	 * Return the content of a JWT.
	 * @param header its JOSE header
	 * @param claims its claims
	 * @return the content
	 */
	public static TokenContent jwt(Map<String, Object> header, Map<String, Object> claims) {
		return new TokenContent(TokenFormat.JWT, header, claims);
	}

	/**
	 * Return the content of an opaque token.
	 * @param claims the members of the introspection response
	 * @return the content
	 */
	public static TokenContent opaque(Map<String, Object> claims) {
		return new TokenContent(TokenFormat.OPAQUE, Map.of(), claims);
	}

	/**
	 * Return the same content with other claims.
	 * @param claims all claims
	 * @return the content with these claims
	 */
	public TokenContent withClaims(Map<String, Object> claims) {
		return new TokenContent(this.format, this.header, claims);
	}

	/** Return a text without the claims. */
	@Override
	public String toString() {
		return "TokenContent[" + this.format + "]";
	}

}
