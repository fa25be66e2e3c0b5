package dev.authstarter.test;

import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.nimbusds.jose.util.JSONObjectUtils;
import org.jspecify.annotations.Nullable;

/**
 * What a client got, whichever client it was.
 *
 * @param status the HTTP status
 * @param challenge the header {@code WWW-Authenticate}, or {@code null} if there is none
 * @param body the body as text
 */
record Response(int status, @Nullable String challenge, String body) {

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
		return """
				status:    %d
				reason:    %s
				required:  %s
				challenge: %s
				body:      %s"""
			.formatted(this.status, (reason() != null) ? reason() : "(none)", required(),
					(this.challenge != null) ? this.challenge : "(none)", this.body)
			.indent(2)
			.stripTrailing();
	}

}
