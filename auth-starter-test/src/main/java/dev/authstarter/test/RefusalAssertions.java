package dev.authstarter.test;

import java.io.UnsupportedEncodingException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.authstarter.access.inventory.HandlerInventory;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.assertj.MockMvcTester.MockMvcRequestBuilder;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.client.EntityExchangeResult;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.web.client.RestClientResponseException;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.support.RequestContextUtils;

/**
 * Entry points for assertions about why a request was refused, one per client. Their name
 * differs from {@code assertThat}, so that they can be imported beside those of AssertJ.
 * <p>
 * Entry points for clients that are optional dependencies are in
 * {@link dev.authstarter.test.client}.
 */
public final class RefusalAssertions {

	private RefusalAssertions() {
	}

	/**
	 * Send a request of {@code MockMvcTester} and make assertions about its response.
	 * @param request the request
	 * @return the assertions
	 */
	public static RefusalAssert assertThatResponse(MockMvcRequestBuilder request) {
		return assertThatResponse(request.exchange());
	}

	/**
	 * Make assertions about a response of {@code MockMvcTester}.
	 * @param result the result
	 * @return the assertions
	 */
	public static RefusalAssert assertThatResponse(MvcTestResult result) {
		return OfMockMvc.of(result.getRequest(), result.getResponse());
	}

	/**
	 * Make assertions about a response of {@code MockMvc}.
	 * @param result the result, as {@code andReturn()} returns it
	 * @return the assertions
	 */
	public static RefusalAssert assertThatResponse(MvcResult result) {
		return OfMockMvc.of(result.getRequest(), result.getResponse());
	}

	/**
	 * Make assertions about a response of {@link RestTestClient}.
	 * @param response the response, whose body must not have been read
	 * @return the assertions
	 */
	public static RefusalAssert assertThatResponse(RestTestClient.ResponseSpec response) {
		EntityExchangeResult<byte[]> result = response.expectBody().returnResult();
		byte[] body = result.getResponseBodyContent();
		return new RefusalAssert(new Response(line(result.getMethod(), result.getUrl()), result.getStatus().value(),
				challenge(result.getResponseHeaders()), text(body),
				token(result.getRequestHeaders().getFirst(HttpHeaders.AUTHORIZATION))));
	}

	/**
	 * Make assertions about a response of {@code WebTestClient}.
	 * @param response the response, whose body must not have been read
	 * @return the assertions
	 */
	public static RefusalAssert assertThatResponse(WebTestClient.ResponseSpec response) {
		org.springframework.test.web.reactive.server.EntityExchangeResult<byte[]> result = response.expectBody()
			.returnResult();
		byte[] body = result.getResponseBodyContent();
		return new RefusalAssert(new Response(line(result.getMethod(), result.getUrl()), result.getStatus().value(),
				challenge(result.getResponseHeaders()), text(body),
				token(result.getRequestHeaders().getFirst(HttpHeaders.AUTHORIZATION))));
	}

	/**
	 * Make assertions about a response of any other client.
	 * @param status the HTTP status
	 * @param challenge the header {@code WWW-Authenticate}, or {@code null} if there is
	 * none
	 * @param body the body
	 * @return the assertions
	 */
	public static RefusalAssert assertThatResponse(int status, @Nullable String challenge, String body) {
		return new RefusalAssert(new Response(null, status, challenge, body, Map.of()));
	}

	/**
	 * Make assertions about a response of any other client. Messages of failed assertions
	 * name its request.
	 * @param request method and address of the request, for example {@code GET /me}, or
	 * {@code null} if they are not known
	 * @param status the HTTP status
	 * @param challenge the header {@code WWW-Authenticate}, or {@code null} if there is
	 * none
	 * @param body the body
	 * @return the assertions
	 */
	public static RefusalAssert assertThatResponse(@Nullable String request, int status, @Nullable String challenge,
			String body) {
		return new RefusalAssert(new Response(request, status, challenge, body, Map.of()));
	}

	/**
	 * Make assertions about a response that {@code RestClient} or an HTTP interface
	 * turned into an exception.
	 * @param response the exception
	 * @return the assertions
	 */
	public static RefusalAssert assertThatResponse(RestClientResponseException response) {
		HttpHeaders headers = response.getResponseHeaders();
		return assertThatResponse(response.getStatusCode().value(), (headers != null) ? challenge(headers) : null,
				response.getResponseBodyAsString());
	}

	/**
	 * Make assertions about a response of {@code RestClient} or {@code TestRestTemplate}.
	 * @param response the response
	 * @return the assertions
	 */
	public static RefusalAssert assertThatResponse(ResponseEntity<String> response) {
		return assertThatResponse(response.getStatusCode().value(), challenge(response.getHeaders()), text(response));
	}

	/**
	 * Make assertions about a response of the JDK's HTTP client.
	 * @param response the response
	 * @return the assertions
	 */
	public static RefusalAssert assertThatResponse(HttpResponse<String> response) {
		return new RefusalAssert(
				new Response(line(response.request().method(), response.request().uri()), response.statusCode(),
						response.headers().firstValue(HttpHeaders.WWW_AUTHENTICATE).orElse(null), response.body(),
						token(response.request().headers().firstValue(HttpHeaders.AUTHORIZATION).orElse(null))));
	}

	private static String line(Object method, Object address) {
		return method + " " + address;
	}

	private static Map<String, String> token(@Nullable String authorization) {
		SentToken token = SentToken.of(authorization);
		return (token != null) ? Map.of("token", token.toString()) : Map.of();
	}

	private static String text(byte @Nullable [] body) {
		return (body != null) ? new String(body, StandardCharsets.UTF_8) : "";
	}

	private static @Nullable String challenge(HttpHeaders headers) {
		return headers.getFirst(HttpHeaders.WWW_AUTHENTICATE);
	}

	private static String text(ResponseEntity<String> response) {
		String body = response.getBody();
		return (body != null) ? body : "";
	}

	/**
	 * A separate class, because an application of WebFlux has no servlet API, and the
	 * virtual machine loads the types that a class converts when it links the class.
	 */
	private static final class OfMockMvc {

		static RefusalAssert of(MockHttpServletRequest request, MockHttpServletResponse response) {
			String query = request.getQueryString();
			String address = request.getRequestURI() + ((query != null) ? "?" + query : "");
			return new RefusalAssert(
					new Response(line(String.valueOf(request.getMethod()), address), response.getStatus(),
							response.getHeader(HttpHeaders.WWW_AUTHENTICATE), body(response), circumstances(request)));
		}

		private static Map<String, String> circumstances(MockHttpServletRequest request) {
			Map<String, String> circumstances = new LinkedHashMap<>();
			SentToken token = SentToken.of(request.getHeader(HttpHeaders.AUTHORIZATION));
			WebApplicationContext application = RequestContextUtils.findWebApplicationContext(request,
					request.getServletContext());
			if (token != null) {
				circumstances.put("token", token.toString());
				String caller = (application != null) ? token.readBy(application) : null;
				if (caller != null) {
					circumstances.put("caller", caller);
				}
			}
			if (application != null) {
				application.getBeanProvider(HandlerInventory.class)
					.ifAvailable((inventory) -> circumstances.put("handler", AskedHandler.describe(inventory,
							String.valueOf(request.getMethod()), String.valueOf(request.getRequestURI()))));
			}
			return circumstances;
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

}
