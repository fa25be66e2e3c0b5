package dev.authstarter.refusal;

import java.util.Locale;
import java.util.Map;

import dev.authstarter.Refusal;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ProblemDetail;

/**
 * Writes the bodies of refusals in the way of an application. Beans of this type are
 * called in their order. The status of the response, its challenge and its other headers
 * stay as they are.
 * <p>
 * Where one throws an exception, the body is that of the library, and the failure is
 * logged.
 */
@FunctionalInterface
public interface RefusalBodyCustomizer {

	/**
	 * Customize the body of a refusal.
	 * @param refusal why the request is refused, and what was needed
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
