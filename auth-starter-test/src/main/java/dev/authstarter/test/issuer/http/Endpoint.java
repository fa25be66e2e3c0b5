package dev.authstarter.test.issuer.http;

import org.jspecify.annotations.Nullable;

/**
 * Answers requests before the issuer does.
 */
@FunctionalInterface
public interface Endpoint {

	/** Leaves all requests to the issuer. */
	Endpoint NONE = (request) -> null;

	/**
	 * Answer a request, or leave it to the issuer.
	 * @param request the request
	 * @return the answer, or {@code null}
	 */
	@Nullable Answer answer(FormRequest request);

	/**
	 * Complete an answer, of whichever endpoint.
	 * @param request the request
	 * @param answer the answer
	 * @return the answer to send
	 */
	default Answer complete(FormRequest request, Answer answer) {
		return answer;
	}

}
