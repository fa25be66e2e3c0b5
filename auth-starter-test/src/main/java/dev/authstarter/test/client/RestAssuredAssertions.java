package dev.authstarter.test.client;

import dev.authstarter.test.RefusalAssert;
import dev.authstarter.test.RefusalAssertions;
import io.restassured.response.Response;

import org.springframework.http.HttpHeaders;

/**
 * Entry point for assertions about a response of REST Assured, in addition to those of
 * {@link RefusalAssertions}. It is a separate class because the compiler needs the
 * parameter types of all overloads: a project without REST Assured could not use the
 * others.
 */
public final class RestAssuredAssertions {

	private RestAssuredAssertions() {
	}

	/**
	 * Make assertions about a response.
	 * @param response the response, or what {@code extract().response()} returns
	 * @return the assertions
	 */
	public static RefusalAssert assertThatResponse(Response response) {
		return RefusalAssertions.assertThatResponse(response.statusCode(),
				response.header(HttpHeaders.WWW_AUTHENTICATE), response.body().asString());
	}

}
