package dev.authstarter;

import org.jspecify.annotations.Nullable;

/**
 * Implemented by exceptions that carry a {@link Refusal}.
 */
public interface Refused {

	/**
	 * Return the refusal.
	 * @return the reason and what is required
	 */
	Refusal refusal();

	/**
	 * Return the issuer that the refused token names. The token's signature may not have
	 * been verified.
	 * @return one of the configured issuers, or {@code null} if none is known
	 */
	default @Nullable TrustedIssuer issuer() {
		return null;
	}

	/**
	 * Return the bean method whose rule denied the call.
	 * @return its class and name, for logs, or {@code null} if it was not a bean method's
	 * rule
	 */
	default @Nullable String method() {
		return null;
	}

}
