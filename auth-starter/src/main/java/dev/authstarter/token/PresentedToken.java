package dev.authstarter.token;

/**
 * A credential as a request presents it, of which nothing is known yet.
 *
 * @param value the token, a JWT or an opaque one
 */
public record PresentedToken(String value) {

	/** Nothing of the token. */
	@Override
	public String toString() {
		return "PresentedToken[" + this.value.length() + " characters]";
	}

}
