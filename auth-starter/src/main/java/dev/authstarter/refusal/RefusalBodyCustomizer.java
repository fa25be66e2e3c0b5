package dev.authstarter.refusal;

import java.util.Locale;
import java.util.Map;

import dev.authstarter.Refusal;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ProblemDetail;

/**
 * Customizes the bodies of refusals. Beans of this type are called in their order. The
 * status of the response, its challenge and its other headers stay as they are.
 * <p>
 * If one throws an exception, the library's own body is sent and the failure is logged.
 */
@FunctionalInterface
public interface RefusalBodyCustomizer {

	/**
	 * Customize the body of a refusal.
	 * @param refusal the reason, and what was required
	 * @param locale the locale of the request
	 * @param problem the body (RFC 9457), to be changed in place: {@code type},
	 * {@code title}, {@code detail}, {@code instance} and further members. Its
	 * {@code status} stays that of the response
	 * @return {@code null} to send the problem; otherwise the members of a JSON object
	 * that is sent in its place as {@code application/json}: strings, numbers, booleans,
	 * lists, maps and {@code null}
	 */
	@Nullable Map<String, ?> customize(Refusal refusal, Locale locale, ProblemDetail problem);

}
