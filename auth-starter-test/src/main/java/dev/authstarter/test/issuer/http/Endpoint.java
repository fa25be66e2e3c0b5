package dev.authstarter.test.issuer.http;

import org.jspecify.annotations.Nullable;

/**
 * An endpoint that handles requests before the issuer does.
 */
@FunctionalInterface
public interface Endpoint {

	/** Leaves all requests to the issuer. */
	Endpoint NONE = (request) -> null;

	/**
	 * Answer a request, unless the issuer is to handle it.
	 * @param request the request
	 * @return the answer, or {@code null} if the issuer handles the request
	 */
	@Nullable Answer answer(FormRequest request);

	/**
	 * Complete the answer of any endpoint.
	 * @param request the request
	 * @param answer the answer
	 * @return the answer to send
	 */
	default Answer complete(FormRequest request, Answer answer) {
		return answer;
	}

}
