package dev.authstarter.refusal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import dev.authstarter.event.FailureLog;
import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;

/**
 * Renders a refusal as status, headers and problem body, for Spring MVC and WebFlux.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-3">RFC 6750 section 3</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457#section-3">RFC 9457 section 3</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9728#section-5.1">RFC 9728 section
 * 5.1</a>
 */
public final class RefusalRenderer {

	private static final String RETRY_AFTER_SECONDS = "5";

	private final RefusalFormat format;

	private final MessageSource messages;

	private final @Nullable RefusalExplainer explainer;

	private final List<RefusalBodyCustomizer> customizers;

	private final FailureLog failures;

	/**
	 * Create a renderer.
	 * @param format the configured format
	 * @param messages translates titles: the codes of the reasons are the keys
	 * @param explainer explains refusals, or {@code null} for no explanations
	 * @param customizers customize the bodies, in this order
	 * @param failures logs failures of the application's code
	 */
	public RefusalRenderer(RefusalFormat format, MessageSource messages, @Nullable RefusalExplainer explainer,
			List<RefusalBodyCustomizer> customizers, FailureLog failures) {
		this.format = format;
		this.messages = messages;
		this.explainer = explainer;
		this.customizers = List.copyOf(customizers);
		this.failures = failures;
	}

	/**
	 * Render a refusal.
	 * @param refusal the reason, and what was required
	 * @param locale the locale of the request
	 * @param credentials the values of the request's Authorization header, for the
	 * explainer
	 * @return the response
	 */
	public RenderedRefusal render(Refusal refusal, Locale locale, List<String> credentials) {
		Reason reason = refusal.reason();
		HttpHeaders headers = new HttpHeaders();
		headers.setCacheControl(CacheControl.noStore());
		if (reason.status() == HttpStatus.SERVICE_UNAVAILABLE.value()) {
			headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
		}
		// Another token would not change the other refusals.
		if (reason.status() == HttpStatus.UNAUTHORIZED.value() || reason.error() != null) {
			headers.set(HttpHeaders.WWW_AUTHENTICATE, challenge(refusal));
		}
		List<String> explanation = explain(refusal, credentials);
		try {
			return customized(refusal, locale, explanation, headers);
		}
		catch (Exception | LinkageError | StackOverflowError | AssertionError ex) {
			this.failures.note("A RefusalBodyCustomizer failed, and the answer is written without it", ex);
			return problem(reason, problem(refusal, locale, explanation), headers);
		}
	}

	private String challenge(Refusal refusal) {
		Reason reason = refusal.reason();
		StringBuilder challenge = new StringBuilder("Bearer realm=\"").append(this.format.realm()).append('"');
		if (reason.error() != null) {
			challenge.append(", error=\"").append(reason.error()).append('"');
			challenge.append(", error_description=\"").append(reason.description()).append('"');
		}
		if (Reason.INSUFFICIENT_SCOPE.equals(reason) && !refusal.required().isEmpty()) {
			challenge.append(", scope=\"").append(String.join(" ", refusal.required())).append('"');
		}
		if (this.format.metadata() != null) {
			challenge.append(", resource_metadata=\"").append(this.format.metadata().toASCIIString()).append('"');
		}
		return challenge.toString();
	}

	private List<String> explain(Refusal refusal, List<String> credentials) {
		if (this.explainer == null) {
			return List.of();
		}
		try {
			return this.explainer.explain(refusal, credentials);
		}
		catch (Exception | LinkageError | StackOverflowError | AssertionError ex) {
			this.failures.note("The explanation of refusals failed, and they are answered without a diagnosis", ex);
			return List.of();
		}
	}

	private RenderedRefusal customized(Refusal refusal, Locale locale, List<String> explanation, HttpHeaders headers) {
		ProblemDetail problem = problem(refusal, locale, explanation);
		for (RefusalBodyCustomizer customizer : this.customizers) {
			Map<String, ?> body = customizer.customize(refusal, locale, problem);
			if (body != null) {
				return answer(refusal.reason(), body, MediaType.APPLICATION_JSON, headers);
			}
		}
		return problem(refusal.reason(), problem, headers);
	}

	private ProblemDetail problem(Refusal refusal, Locale locale, List<String> explanation) {
		Reason reason = refusal.reason();
		ProblemDetail problem = ProblemDetail.forStatus(reason.status());
		problem.setType(this.format.type(reason.code()));
		problem.setTitle(title(reason, locale));
		problem.setProperty("reason", reason.code());
		if (!refusal.required().isEmpty()) {
			problem.setProperty("required", refusal.required());
		}
		if (!explanation.isEmpty()) {
			problem.setProperty("diagnosis", explanation);
		}
		return problem;
	}

	private String title(Reason reason, Locale locale) {
		try {
			String title = this.messages.getMessage(reason.code(), null, null, locale);
			return (title == null || title.equals(reason.code())) ? reason.description() : title;
		}
		catch (Exception | LinkageError | StackOverflowError | AssertionError ex) {
			this.failures.note("The MessageSource of the application failed, and titles of refusals are not translated",
					ex);
			return reason.description();
		}
	}

	private static RenderedRefusal problem(Reason reason, ProblemDetail problem, HttpHeaders headers) {
		Map<String, @Nullable Object> members = new LinkedHashMap<>();
		members.put("type", String.valueOf(problem.getType()));
		members.put("title", problem.getTitle());
		members.put("status", reason.status());
		if (problem.getDetail() != null) {
			members.put("detail", problem.getDetail());
		}
		if (problem.getInstance() != null) {
			members.put("instance", problem.getInstance().toString());
		}
		if (problem.getProperties() != null) {
			members.putAll(problem.getProperties());
		}
		return answer(reason, members, MediaType.APPLICATION_PROBLEM_JSON, headers);
	}

	private static RenderedRefusal answer(Reason reason, Map<String, ?> members, MediaType type, HttpHeaders headers) {
		String json = JSONObjectUtils.toJSONString(members);
		headers.setContentType(type);
		return new RenderedRefusal(reason.status(), headers, json);
	}

}
