package dev.authstarter.token.check;

import java.util.Map;

/**
 * What a token says. Whether it is genuine is another question.
 *
 * @param format the format in which it was sent
 * @param header the JOSE header as JSON; empty for an opaque token, which has none
 * @param claims the claims as JSON; of an opaque token what its issuer says of it
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
	 * @param claims what its issuer says of it
	 * @return the content
	 */
	public static TokenContent opaque(Map<String, Object> claims) {
		return new TokenContent(TokenFormat.OPAQUE, Map.of(), claims);
	}

	/**
	 * Return the same token with more claims.
	 * @param claims all claims
	 * @return the content with these
	 */
	public TokenContent withClaims(Map<String, Object> claims) {
		return new TokenContent(this.format, this.header, claims);
	}

	/** Nothing of the token. */
	@Override
	public String toString() {
		return "TokenContent[" + this.format + "]";
	}

}
