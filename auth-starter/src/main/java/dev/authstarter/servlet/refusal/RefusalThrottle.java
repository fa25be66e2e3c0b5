package dev.authstarter.servlet.refusal;

import java.time.Duration;

import dev.authstarter.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Decides when the source of bad tokens is told to stop. A bean of this type replaces the
 * one that {@code auth-starter.throttle.refusals} switches on.
 * <p>
 * It is asked when a token has been judged and refused, and turns one refusal into
 * another: whatever it says, it keeps no valid token out.
 */
@FunctionalInterface
public interface RefusalThrottle {

	/**
	 * Count a refused token, and decide how it is answered. An exception is noted in the
	 * log and changes no answer.
	 * @param refusal why the token was refused: for something that another token of the
	 * same source would not mend, so never because its time is over
	 * @param request the request, whose remote address is the source's, or a proxy's
	 * where the application does not trust forwarded headers
	 * @return {@code null} to answer with the refusal itself, or for how long the source
	 * should send no other token, to answer with 429
	 */
	@Nullable Duration pause(Refusal refusal, HttpServletRequest request);

}
