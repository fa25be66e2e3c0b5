package dev.authstarter;

import org.jspecify.annotations.Nullable;

/**
 * Implemented by exceptions that carry a refusal through code that knows only exceptions.
 */
public interface Refused {

	/**
	 * Return the refusal.
	 * @return why, and what was needed
	 */
	Refusal refusal();

	/**
	 * Return the issuer that the refused token named, as far as it got. Nobody may have
	 * verified that it is from there.
	 * @return one of the configured issuers, or {@code null} if none is known
	 */
	default @Nullable TrustedIssuer issuer() {
		return null;
	}

	/**
	 * Return the method whose rule refused, where that was a method of a bean.
	 * @return its class and name for people, or {@code null} if there is none
	 */
	default @Nullable String method() {
		return null;
	}

}
