package dev.authstarter.token;

/**
 * A credential of a request that is not verified yet.
 *
 * @param value the token, a JWT or an opaque one
 */
public record PresentedToken(String value) {

	/** Return a text without the token. */
	@Override
	public String toString() {
		return "PresentedToken[" + this.value.length() + " characters]";
	}

}
