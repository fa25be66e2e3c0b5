package dev.authstarter.servlet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

import dev.authstarter.RequiresScope;
import dev.authstarter.fixture.ApiTest;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests are authenticated before the body of a form is read, also with the methods of
 * Spring Boot's filter for forms.
 */
@ApiTest(FormBodyTests.Api.class)
class FormBodyTests {

	@Autowired
	HttpCalls http;

	@LocalServerPort
	int port;

	@ParameterizedTest
	@ValueSource(strings = { "PUT", "PATCH", "DELETE" })
	void refusesMalformedFormOfAnonymousClient(String method) {
		HttpResponse<String> response = this.http.send(this.http.request("/form")
			.header("Content-Type", "application/x-www-form-urlencoded")
			.method(method, BodyPublishers.ofString("a=%zz")));
		assertThat(response.statusCode()).isEqualTo(401);
	}

	@ParameterizedTest
	@ValueSource(strings = { "PUT", "PATCH", "DELETE" })
	void refusesMalformedFormWithExpiredToken(String method) {
		HttpResponse<String> response = this.http.send(this.http.request("/form")
			.header("Authorization", "Bearer " + TestToken.validAt(TestApi.NOW).with("exp", 1).signed())
			.header("Content-Type", "application/x-www-form-urlencoded")
			.method(method, BodyPublishers.ofString("a=%zz")));
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(response.headers().firstValue("WWW-Authenticate")).isPresent();
	}

	@Test
	void refusesBeforeTheBodyArrives() throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.setSoTimeout(5_000);
			socket.getOutputStream()
				.write(("PUT /form HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
						+ "Content-Length: 1000000\r\n\r\na=1")
					.getBytes(StandardCharsets.US_ASCII));
			socket.getOutputStream().flush();
			BufferedReader answer = new BufferedReader(
					new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
			assertThat(answer.readLine()).startsWith("HTTP/1.1 401");
		}
	}

	@Test
	void formsAreStillRead() {
		HttpResponse<String> response = this.http.send(this.http.request("/form")
			.header("Authorization", "Bearer " + TestToken.validAt(TestApi.NOW).with("scope", "write:files").signed())
			.header("Content-Type", "application/x-www-form-urlencoded")
			.method("PUT", BodyPublishers.ofString("a=1")));
		assertThat(response.body()).isEqualTo("put 1");
	}

	@Import({ TestApi.class, Form.class })
	static class Api {

	}

	@RestController
	static class Form {

		@PutMapping("/form")
		@RequiresScope("write:files")
		String put(String a) {
			return "put " + a;
		}

	}

}
