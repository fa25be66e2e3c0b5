package dev.authstarter.test;

import java.io.UnsupportedEncodingException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.assertj.MockMvcTester.MockMvcRequestBuilder;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.client.EntityExchangeResult;
import org.springframework.test.web.servlet.client.RestTestClient;

/**
 * Entry points for assertions about why a request was refused, one per client. They are
 * not named {@code assertThat}, so that they can be imported beside AssertJ's own.
 */
public final class RefusalAssertions {

	private RefusalAssertions() {
	}

	/**
	 * Send a request of {@code MockMvcTester} and look at its response.
	 * @param request the request
	 * @return the assertions
	 */
	public static RefusalAssert assertThatResponse(MockMvcRequestBuilder request) {
		return assertThatResponse(request.exchange());
	}

	/**
	 * Look at a response of {@code MockMvcTester}.
	 * @param result the result
	 * @return the assertions
	 */
	public static RefusalAssert assertThatResponse(MvcTestResult result) {
		MockHttpServletResponse response = result.getResponse();
		return new RefusalAssert(
				new Response(response.getStatus(), response.getHeader(HttpHeaders.WWW_AUTHENTICATE), body(response)));
	}

	/**
	 * Look at a response of {@link RestTestClient}.
	 * @param response the response, whose body was not read yet
	 * @return the assertions
	 */
	public static RefusalAssert assertThatResponse(RestTestClient.ResponseSpec response) {
		EntityExchangeResult<byte[]> result = response.expectBody().returnResult();
		byte[] body = result.getResponseBodyContent();
		return new RefusalAssert(new Response(result.getStatus().value(), challenge(result.getResponseHeaders()),
				new String(body, StandardCharsets.UTF_8)));
	}

	/**
	 * Look at a response of {@code RestClient} or {@code TestRestTemplate}.
	 * @param response the response
	 * @return the assertions
	 */
	public static RefusalAssert assertThatResponse(ResponseEntity<String> response) {
		return new RefusalAssert(
				new Response(response.getStatusCode().value(), challenge(response.getHeaders()), text(response)));
	}

	/**
	 * Look at a response of the JDK's client.
	 * @param response the response
	 * @return the assertions
	 */
	public static RefusalAssert assertThatResponse(HttpResponse<String> response) {
		return new RefusalAssert(new Response(response.statusCode(),
				response.headers().firstValue(HttpHeaders.WWW_AUTHENTICATE).orElse(null), response.body()));
	}

	private static @Nullable String challenge(HttpHeaders headers) {
		return headers.getFirst(HttpHeaders.WWW_AUTHENTICATE);
	}

	private static String text(ResponseEntity<String> response) {
		String body = response.getBody();
		return (body != null) ? body : "";
	}

	private static String body(MockHttpServletResponse response) {
		try {
			return response.getContentAsString(StandardCharsets.UTF_8);
		}
		catch (UnsupportedEncodingException ex) {
			throw new IllegalStateException("The response is in an unknown encoding", ex);
		}
	}

}
