package dev.authstarter.benchmarks.library;

import dev.authstarter.test.ForgedToken;
import org.jspecify.annotations.Nullable;

/**
 * A library that judges tokens.
 */
@FunctionalInterface
public interface Validator {

	/**
	 * Judge a token.
	 * @return what it says, or {@code null} if it is refused
	 * @throws Exception if it is refused
	 */
	@Nullable Object validate(String token) throws Exception;

	/**
	 * Only who judges all that the others judge may be compared with them: it accepts a
	 * good token, and refuses one with any defect.
	 * @param valid the good token
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
