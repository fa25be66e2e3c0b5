package dev.authstarter.test;

import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.authstarter.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The response that a client received, whichever client it was.
 *
 * @param request method and path or address, or {@code null} if the client does not
 * expose them
 * @param status the HTTP status
 * @param challenge the header {@code WWW-Authenticate}, or {@code null} if there is none
 * @param body the body as text
 * @param circumstances what is known of the request, by name: the token, the handler
 */
record Response(@Nullable String request, int status, @Nullable String challenge, String body,
		Map<String, String> circumstances) {

	/** Advice for a test whose caller was authenticated without a token. */
	static final String OTHER_CALLER = "The test has a caller without a token, as @WithMockUser and user() make one. "
			+ "Send a token, .with(forge.token()), or use @WithForgedToken instead of @WithMockUser.";

	@Nullable String reason() {
		return (problem().get("reason") instanceof String reason) ? reason : null;
	}

	List<String> required() {
		return (problem().get("required") instanceof List<?> required)
				? required.stream().map(Objects::toString).toList() : List.of();
	}

	private Map<String, Object> problem() {
		try {
			Map<String, Object> problem = JSONObjectUtils.parse(this.body);
			return (problem != null) ? problem : Map.of();
		}
		catch (ParseException ex) {
			return Map.of();
		}
	}

	/** The lines of a failure message. */
	@Override
	public String toString() {
		StringBuilder lines = new StringBuilder();
		if (this.request != null) {
			line(lines, "request", this.request);
		}
		line(lines, "status", String.valueOf(this.status));
		line(lines, "reason", (reason() != null) ? reason() : "(none)");
		line(lines, "required", required().toString());
		line(lines, "challenge", (this.challenge != null) ? this.challenge : "(none)");
		this.circumstances.forEach((name, value) -> line(lines, name, value));
		line(lines, "body", this.body);
		if (Reason.TOKEN_REQUIRED.code().equals(reason())) {
			line(lines, "hint", OTHER_CALLER);
		}
		return lines.toString().stripTrailing();
	}

	private static void line(StringBuilder lines, String name, @Nullable String value) {
		lines.append("  %-11s%s%n".formatted(name + ":", value));
	}

}
