package dev.authstarter.test.attack;

import java.text.ParseException;
import java.util.List;
import java.util.Map;

import com.nimbusds.jose.util.JSONObjectUtils;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * The response to an attack.
 *
 * @param status the HTTP status, or 0 if the connection was cut off
 * @param headers the headers
 * @param body the body as text
 */
record Answer(int status, HttpHeaders headers, String body) {

	private static final int SHOWN = 300;

	static Answer cutOff() {
		return new Answer(0, new HttpHeaders(), "");
	}

	boolean isCutOff() {
		return this.status == 0;
	}

	/** Whether the request succeeded or was redirected. */
	boolean isSuccess() {
		return this.status / 100 == 2 || this.status / 100 == 3;
	}

	/**
	 * Whether the response does not depend on the attack: a server failure, a rate limit
	 * or a closed connection.
	 */
	boolean isFailure() {
		return isCutOff() || this.status / 100 == 5 || this.status == HttpStatus.TOO_MANY_REQUESTS.value();
	}

	@Nullable String reason() {
		try {
			Map<String, Object> problem = JSONObjectUtils.parse(this.body);
			return (problem != null && problem.get("reason") instanceof String reason) ? reason : null;
		}
		catch (ParseException ex) {
			return null;
		}
	}

	/** The lines of a failure message. */
	@Override
	public String toString() {
		return """
				answered:  %s %s
				challenge: %s
				body:      %s""".formatted(isCutOff() ? "(cut off)" : this.status,
				(reason() != null) ? reason() : "(no reason)",
				this.headers.getOrDefault(HttpHeaders.WWW_AUTHENTICATE, List.of()),
				(this.body.length() > SHOWN) ? this.body.substring(0, SHOWN) + "…" : this.body);
	}

}
