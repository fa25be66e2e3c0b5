package dev.authstarter.token;

import java.util.List;

import dev.authstarter.Reason;
import dev.authstarter.token.check.Finding;
import dev.authstarter.token.check.TokenCheck;
import org.jspecify.annotations.Nullable;

/**
 * One check of a genuine token on every request, also where it was verified before: of
 * what can change while the token stays what it is.
 */
interface RequestCheck {

	/**
	 * Check a token.
	 * @param token the token
	 * @return why it is refused now, or {@code null}
	 */
	@Nullable Reason refuse(VerifiedToken token);

	/**
	 * Explain the check to a developer whose token was refused, by this check or another.
	 * @return what is expected; empty where there is nothing to say
	 */
	List<Finding> explain();

	/**
	 * Repeat a check of first sight on every request.
	 * @param check the check
	 * @return the same; it explains nothing once more
	 */
	static RequestCheck repeated(TokenCheck check) {
		return new RepeatedCheck(check);
	}

	/**
	 * A check of first sight, repeated.
	 */
	record RepeatedCheck(TokenCheck check) implements RequestCheck {

		@Override
		public @Nullable Reason refuse(VerifiedToken token) {
			return this.check.refuse(token.content());
		}

		@Override
		public List<Finding> explain() {
			return List.of();
		}

	}

}
