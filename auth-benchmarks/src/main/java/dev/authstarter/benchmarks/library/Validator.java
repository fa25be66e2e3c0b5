package dev.authstarter.benchmarks.library;

import dev.authstarter.test.ForgedToken;
import org.jspecify.annotations.Nullable;

/**
 * Validates tokens with one library.
 */
@FunctionalInterface
public interface Validator {

	/**
	 * Validate a token.
	 * @return the result, or {@code null} if the token is refused
	 * @throws Exception if it is refused
	 */
	@Nullable Object validate(String token) throws Exception;

	/**
	 * Require that this library is comparable with the others: it must accept a valid
	 * token, and refuse a token with any defect.
	 * @param valid the valid token
	 * @throws IllegalStateException if it does not
	 */
	default void requireComparable(ForgedToken valid) {
		if (!accepts(valid.value())) {
			throw new IllegalStateException("A good token was refused");
		}
		for (Defect defect : Defect.values()) {
			if (accepts(defect.of(valid))) {
				throw new IllegalStateException("Accepted in spite of " + defect);
			}
		}
	}

	private boolean accepts(String token) {
		try {
			return validate(token) != null;
		}
		catch (Exception ex) {
			return false;
		}
	}

}
