package dev.authstarter.test.client;

import dev.authstarter.test.RefusalAssert;
import dev.authstarter.test.RefusalAssertions;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.web.reactive.function.client.WebClientResponseException;

/**
 * Entry point for assertions about a response of {@code WebClient}, in addition to those
 * of {@link RefusalAssertions}. It is a separate class because the compiler needs the
 * parameter types of all overloads: a project without {@code spring-webflux} could not
 * use the others.
 */
public final class WebClientAssertions {

	private WebClientAssertions() {
	}

	/**
	 * Make assertions about a response that {@code WebClient} turned into an exception.
	 * @param response the exception
	 * @return the assertions
	 */
	public static RefusalAssert assertThatResponse(WebClientResponseException response) {
		HttpRequest request = response.getRequest();
		return RefusalAssertions.assertThatResponse(
				(request != null) ? request.getMethod() + " " + request.getURI() : null,
				response.getStatusCode().value(), response.getHeaders().getFirst(HttpHeaders.WWW_AUTHENTICATE),
				response.getResponseBodyAsString());
	}

}
