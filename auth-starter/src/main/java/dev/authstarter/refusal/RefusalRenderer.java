package dev.authstarter.refusal;

import java.net.URI;

import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import org.jspecify.annotations.Nullable;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/**
 * Renders a refusal as status, headers and problem body, for whatever stack writes them.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-3">RFC 6750 section 3</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457#section-3">RFC 9457 section 3</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9728#section-5.1">RFC 9728 section
 * 5.1</a>
 */
public final class RefusalRenderer {

	private static final String PROBLEM_TYPES = "https://authstarter.dev/refusals#";

	private static final String RETRY_AFTER_SECONDS = "5";

	private final String metadata;

	/**
	 * Render refusals of this API.
	 * @param metadata where this API says how to get a token for it, or {@code null} if
	 * nowhere
	 */
	public RefusalRenderer(@Nullable URI metadata) {
		this.metadata = (metadata != null) ? ", resource_metadata=\"%s\"".formatted(metadata.toASCIIString()) : "";
	}

	/**
	 * Render a refusal.
	 * @param refusal why, and what would have been needed
	 * @return the answer
	 */
	public RenderedRefusal render(Refusal refusal) {
		Reason reason = refusal.reason();
		HttpHeaders headers = new HttpHeaders();
		headers.setCacheControl(CacheControl.noStore());
		if (reason.status() == HttpStatus.SERVICE_UNAVAILABLE.value()) {
			headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
		}
		// No other token would help against the other refusals.
		if (reason.status() == HttpStatus.UNAUTHORIZED.value() || reason.error() != null) {
			headers.set(HttpHeaders.WWW_AUTHENTICATE, challenge(refusal) + this.metadata);
		}
		return new RenderedRefusal(reason.status(), headers, problem(refusal));
	}

	private static String challenge(Refusal refusal) {
		Reason reason = refusal.reason();
		StringBuilder challenge = new StringBuilder("Bearer realm=\"api\"");
		if (reason.error() != null) {
			challenge.append(", error=\"").append(reason.error()).append('"');
			challenge.append(", error_description=\"").append(reason.description()).append('"');
		}
		if (reason == Reason.INSUFFICIENT_SCOPE && !refusal.required().isEmpty()) {
			challenge.append(", scope=\"").append(String.join(" ", refusal.required())).append('"');
		}
		return challenge.toString();
	}

	private static ProblemDetail problem(Refusal refusal) {
		Reason reason = refusal.reason();
		ProblemDetail problem = ProblemDetail.forStatus(reason.status());
		problem.setType(URI.create(PROBLEM_TYPES + reason.code()));
		problem.setTitle(reason.description());
		problem.setProperty("reason", reason.code());
		if (!refusal.required().isEmpty()) {
			problem.setProperty("required", refusal.required());
		}
		return problem;
	}

}
