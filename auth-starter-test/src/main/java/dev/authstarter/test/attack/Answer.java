package dev.authstarter.test.attack;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.List;
import java.util.Map;

import com.nimbusds.jose.util.JSONObjectUtils;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * The response to an attack.
 *
 * @param status the HTTP status, {@value #CLOSED} if the connection was closed before one
 * was received, or {@value #TIMED_OUT} if none was received in time
 * @param headers the headers
 * @param body the body as text
 * @param complete whether the body was read to its end; if not, it is a part of the body
 */
record Answer(int status, HttpHeaders headers, String body, boolean complete) {

	static final int CLOSED = 0;

	static final int TIMED_OUT = -1;

	private static final int SHOWN = 300;

	Answer(int status, HttpHeaders headers, String body) {
		this(status, headers, body, true);
	}

	/**
	 * Read an answer of HTTP.
	 * @param body the body in the character set of its type, UTF-8 if it names none
	 */
	static Answer of(int status, HttpHeaders headers, byte[] body, boolean complete) {
		return new Answer(status, headers, new String(body, charset(headers)), complete);
	}

	private static Charset charset(HttpHeaders headers) {
		try {
			MediaType type = headers.getContentType();
			return (type != null && type.getCharset() != null) ? type.getCharset() : StandardCharsets.UTF_8;
		}
		catch (InvalidMediaTypeException ex) {
			return StandardCharsets.UTF_8;
		}
	}

	static Answer closed() {
		return new Answer(CLOSED, new HttpHeaders(), "");
	}

	static Answer timedOut() {
		return new Answer(TIMED_OUT, new HttpHeaders(), "");
	}

	/**
	 * Return why there is no status, or {@code null} if there is one.
	 */
	@Nullable String missing() {
		return switch (this.status) {
			case CLOSED -> "the connection was closed without an answer";
			case TIMED_OUT -> "there was no answer in time";
			default -> null;
		};
	}

	/** Whether the request succeeded or was redirected. */
	boolean isSuccess() {
		return this.status / 100 == 2 || this.status / 100 == 3;
	}

	/**
	 * Whether the response does not depend on the attack: a server failure, a rate limit
	 * or no status at all.
	 */
	boolean isFailure() {
		return missing() != null || this.status / 100 == 5 || this.status == HttpStatus.TOO_MANY_REQUESTS.value();
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
		String missing = missing();
		return """
				answered:  %s %s
				challenge: %s
				body:      %s""".formatted((missing != null) ? "(" + missing + ")" : this.status,
				(reason() != null) ? reason() : "(no reason)",
				this.headers.getOrDefault(HttpHeaders.WWW_AUTHENTICATE, List.of()),
				(this.body.length() > SHOWN) ? this.body.substring(0, SHOWN) + "…" : this.body);
	}

}
