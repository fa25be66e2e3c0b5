package dev.authstarter.token.check;

import java.util.List;

import dev.authstarter.Reason;
import org.jspecify.annotations.Nullable;

/**
 * One check of what a token says. It needs no signature, so a token that fails is refused
 * before the signature is verified.
 */
public interface TokenCheck {

	/**
	 * Check a token.
	 * @param token what it says
	 * @return why it is refused, or {@code null}
	 */
	@Nullable Reason refuse(TokenContent token);

	/**
	 * Explain the check to a developer whose token was refused, by this check or another.
	 * @param token what it says
	 * @return what is expected and what was found; empty where there is nothing to say
	 * unless the check fails
	 */
	List<Finding> explain(TokenContent token);

}
