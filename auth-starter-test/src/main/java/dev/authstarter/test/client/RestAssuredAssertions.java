package dev.authstarter.test.client;

import dev.authstarter.test.RefusalAssert;
import dev.authstarter.test.RefusalAssertions;
import io.restassured.response.Response;

import org.springframework.http.HttpHeaders;

/**
 * Entry point for assertions about a response of REST Assured, beside those of
 * {@link RefusalAssertions}. It is a class of its own, because the compiler wants every
 * type that any method of the same name takes: a project without REST Assured could not
 * use the others.
 */
public final class RestAssuredAssertions {

	private RestAssuredAssertions() {
	}

	/**
	 * Look at a response.
	 * @param response the response, or what {@code extract().response()} returns
	 * @return the assertions
	 */
	public static RefusalAssert assertThatResponse(Response response) {
		return RefusalAssertions.assertThatResponse(response.statusCode(),
				response.header(HttpHeaders.WWW_AUTHENTICATE), response.body().asString());
	}

}
