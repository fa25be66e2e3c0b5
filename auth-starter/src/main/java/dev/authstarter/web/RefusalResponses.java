package dev.authstarter.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.log.LogMessage;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * Says a refusal in HTTP: status, challenge header and problem body.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-3">RFC 6750 section 3</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457#section-3">RFC 9457 section 3</a>
 */
final class RefusalResponses {

	private static final Log logger = LogFactory.getLog(RefusalResponses.class);

	private static final String PROBLEM_TYPES = "https://authstarter.dev/refusals#";

	private static final String RETRY_AFTER_SECONDS = "5";

	void send(Refusal refusal, HttpServletRequest request, HttpServletResponse response) throws IOException {
		Reason reason = refusal.reason();
		logger.debug(LogMessage.format("Refused: %s", reason.code()));
		response.setStatus(reason.status());
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
		if (reason.status() == HttpStatus.SERVICE_UNAVAILABLE.value()) {
			response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
		}
		else if (reason.status() != HttpStatus.NOT_FOUND.value()) {
			response.setHeader(HttpHeaders.WWW_AUTHENTICATE, challenge(refusal));
		}
		byte[] body = JSONObjectUtils.toJSONString(problem(refusal)).getBytes(StandardCharsets.UTF_8);
		response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		response.setContentLength(body.length);
		if (!"HEAD".equals(request.getMethod())) {
			response.getOutputStream().write(body);
		}
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

	private static Map<String, Object> problem(Refusal refusal) {
		Reason reason = refusal.reason();
		Map<String, Object> problem = new LinkedHashMap<>();
		problem.put("type", PROBLEM_TYPES + reason.code());
		problem.put("title", reason.description());
		problem.put("status", reason.status());
		problem.put("reason", reason.code());
		if (!refusal.required().isEmpty()) {
			problem.put("required", refusal.required());
		}
		return problem;
	}

}
