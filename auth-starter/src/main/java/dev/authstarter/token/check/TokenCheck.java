package dev.authstarter.token.check;

import java.util.List;

import dev.authstarter.Reason;
import org.jspecify.annotations.Nullable;

/**
 * A check of the content of a token. It needs no signature, so that a token that fails is
 * refused before the signature is verified.
 */
public interface TokenCheck {

	/**
	 * Check a token.
	 * @param token the content of the token
	 * @return the reason for the refusal, or {@code null}
	 */
	@Nullable Reason refuse(TokenContent token);

	/**
	 * Explain the check to a developer whose token was refused, by this check or another.
	 * @param token the content of the token
	 * @return the expected and the actual values; may be empty if the check passes
	 */
	List<Finding> explain(TokenContent token);

}
