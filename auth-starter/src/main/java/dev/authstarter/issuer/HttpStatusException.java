package dev.authstarter.issuer;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * A server responded with a status other than 200.
 */
@SuppressWarnings("serial")
public final class HttpStatusException extends IOException {

	private final int status;

	private final @Nullable String error;

	private final @Nullable String retryAfter;

	HttpStatusException(String uri, int status, @Nullable String error, @Nullable String retryAfter) {
		super("%s answered with status %d".formatted(uri, status));
		this.status = status;
		this.error = error;
		this.retryAfter = retryAfter;
	}

	/**
	 * Return the status.
	 * @return the status code
	 */
	public int status() {
		return this.status;
	}

	/**
	 * Return the error code of an OAuth server.
	 * @return the member {@code error} of a body that is a JSON object (RFC 6749 section
	 * 5.2), or {@code null}
	 */
	public @Nullable String error() {
		return this.error;
	}

	/**
	 * Return when the server accepts another request.
	 * @return the header {@code Retry-After} (RFC 9110 section 10.2.3), or {@code null}
	 */
	public @Nullable String retryAfter() {
		return this.retryAfter;
	}

}
