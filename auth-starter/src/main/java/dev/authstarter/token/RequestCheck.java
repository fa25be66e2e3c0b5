package dev.authstarter.token;

import java.util.List;

import dev.authstarter.Reason;
import dev.authstarter.token.check.Finding;
import dev.authstarter.token.check.TokenCheck;
import org.jspecify.annotations.Nullable;

/**
 * A check of a verified token that runs on every request, also for cached tokens, because
 * its result can change during the lifetime of the token.
 */
interface RequestCheck {

	/**
	 * Check a token.
	 * @param token the token
	 * @return the reason for the refusal, or {@code null}
	 */
	@Nullable Reason refuse(VerifiedToken token);

	/**
	 * Explain the check to a developer whose token was refused, by this check or another.
	 * @return the expected values; empty if there are none
	 */
	List<Finding> explain();

	/**
	 * Repeat a check of new tokens on every request.
	 * @param check the check
	 * @return the check, with an empty explanation because the original explains itself
	 */
	static RequestCheck repeated(TokenCheck check) {
		return new RepeatedCheck(check);
	}

	/**
	 * A check of new tokens that is repeated on every request.
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
