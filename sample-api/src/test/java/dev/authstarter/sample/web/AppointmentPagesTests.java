package dev.authstarter.sample.web;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.StringHttpMessageConverter;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.DefaultCsrfToken;
import org.springframework.test.web.client.ExpectedCount;
import org.springframework.test.web.client.MockRestServiceServer;
import org.springframework.test.web.client.ResponseCreator;
import org.springframework.web.client.RestClient;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.startsWith;
import static org.springframework.test.web.client.match.MockRestRequestMatchers.requestTo;
import static org.springframework.test.web.client.response.MockRestResponseCreators.withException;
import static org.springframework.test.web.client.response.MockRestResponseCreators.withRawStatus;
import static org.springframework.test.web.client.response.MockRestResponseCreators.withStatus;
import static org.springframework.test.web.client.response.MockRestResponseCreators.withSuccess;

/**
 * The pages while the API does not work.
 */
class AppointmentPagesTests {

	private static final String CANCELLATION = "POST /appointments/7f1c9c1e-0b1f-4f0e-9a50-3c6f4b1d2a10/cancellation";

	private static final ResponseCreator ME = json("""
			{"subject": "bob", "roles": ["viewer"], "clinic": {"id": "org_acme", "name": "Acme Clinic"}}""");

	@ParameterizedTest
	@ValueSource(strings = { "GET /", "POST /appointments", CANCELLATION })
	void saysThatTheApiCannotBeReached(String call) throws Exception {
		MockHttpServletResponse response = send(call, withException(new IOException("refused")));
		assertThat(response.getStatus()).isEqualTo(502);
		assertThat(response.getContentAsString()).contains("The API cannot be reached", "<h1>Clinic</h1>");
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET /", "POST /appointments", CANCELLATION })
	void showsTheStatusOfAnswersWithoutProblemBody(String call) throws Exception {
		MockHttpServletResponse response = send(call,
				withStatus(HttpStatus.SERVICE_UNAVAILABLE).contentType(MediaType.TEXT_HTML).body("<b>proxy</b>"));
		assertThat(response.getStatus()).isEqualTo(502);
		assertThat(response.getContentAsString()).contains("The API answered 503").doesNotContain("<b>proxy</b>");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "null", "{", "{}", "[]", "{\"subject\": \"bob\", \"roles\": [null]}",
			"{\"subject\": \"bob\", \"clinic\": {}}" })
	void saysThatTheUserCannotBeRead(String me) throws Exception {
		for (String call : List.of("GET /", "POST /appointments", CANCELLATION)) {
			assertThatAnswerCannotBeRead(send(call, json(me)));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "null", "{", "{}", "[null]", "[{\"id\": null}]" })
	void saysThatTheAppointmentsCannotBeRead(String appointments) throws Exception {
		assertThatAnswerCannotBeRead(send("GET /", ME, json(appointments)));
	}

	@ParameterizedTest
	@ValueSource(ints = { 204, 302, 304, 700, 999 })
	void saysThatTheStatusIsNoAnswer(int status) throws Exception {
		for (String call : List.of("GET /", "POST /appointments", CANCELLATION)) {
			assertThatAnswerCannotBeRead(send(call, withRawStatus(status)));
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 302, 700 })
	void changesNothingIfRedirected(int status) throws Exception {
		for (String call : List.of("POST /appointments", CANCELLATION)) {
			assertThatAnswerCannotBeRead(send(call, ME, withRawStatus(status).header("Location", "/")));
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 403 })
	void saysThatTheMediaTypeIsNone(int status) throws Exception {
		for (String call : List.of("GET /", "POST /appointments", CANCELLATION)) {
			assertThatAnswerCannotBeRead(send(call, withRawStatus(status).header("Content-Type", "garbage").body("x")));
		}
		assertThatAnswerCannotBeRead(send("GET /", withRawStatus(200).header("Content-Type", "text/html").body("<b>")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "<b>", "[]", "null" })
	void showsTheStatusOfRefusalThatCannotBeRead(String problem) throws Exception {
		MockHttpServletResponse response = send("GET /",
				withStatus(HttpStatus.FORBIDDEN).contentType(MediaType.APPLICATION_PROBLEM_JSON).body(problem));
		assertThat(response.getStatus()).isEqualTo(502);
		assertThat(response.getContentAsString()).contains("The API answered 403");
	}

	@Test
	void showsUserWithoutRoles() throws Exception {
		MockHttpServletResponse response = send("GET /", json("{\"subject\": \"bob\"}"));
		assertThat(response.getStatus()).isEqualTo(200);
		assertThat(response.getContentAsString()).contains("bob", "No clinic");
	}

	@ParameterizedTest
	@ValueSource(strings = { "+1000000000-12-31T23:59:59.999999999Z", "-1000000000-01-01T00:00:00Z",
			"+294277-01-01T00:00:00Z" })
	void showsEveryTime(String time) throws Exception {
		MockHttpServletResponse response = send("GET /", ME, json("""
				[{"id": "7f1c9c1e-0b1f-4f0e-9a50-3c6f4b1d2a10", "patient": "Ann", "startsAt": "%s"}]"""
			.formatted(time)));
		assertThat(response.getStatus()).isEqualTo(200);
		assertThat(response.getContentAsString()).contains("Ann");
	}

	private static void assertThatAnswerCannotBeRead(MockHttpServletResponse response) throws Exception {
		assertThat(response.getStatus()).isEqualTo(502);
		assertThat(response.getContentAsString()).contains("The answer of the API cannot be read", "<h1>Clinic</h1>");
	}

	private static ResponseCreator json(String body) {
		return withSuccess(body, MediaType.APPLICATION_JSON);
	}

	private static MockHttpServletResponse send(String call, ResponseCreator answer) throws Exception {
		return send(call, answer, answer);
	}

	private static MockHttpServletResponse send(String call, ResponseCreator me, ResponseCreator other)
			throws Exception {
		RestClient.Builder http = RestClient.builder().baseUrl("http://api.example");
		MockRestServiceServer api = MockRestServiceServer.bindTo(http).ignoreExpectOrder(true).build();
		api.expect(ExpectedCount.manyTimes(), requestTo("http://api.example/me")).andRespond(me);
		api.expect(ExpectedCount.manyTimes(), requestTo(startsWith("http://api.example/organizations")))
			.andRespond(other);
		MockHttpServletRequest request = new MockHttpServletRequest(call.split(" ", -1)[0], call.split(" ", -1)[1]);
		request.setParameter("patient", "Ann");
		request.setParameter("startsAt", "2099-01-02T03:04");
		request.setAttribute(CsrfToken.class.getName(), new DefaultCsrfToken("X-CSRF-TOKEN", "_csrf", "token"));
		ServerRequest served = ServerRequest.create(request, List.of());
		ServerResponse response = new AppointmentPages(new ClinicApi(http.build())).routes()
			.route(served)
			.orElseThrow()
			.handle(served);
		MockHttpServletResponse written = new MockHttpServletResponse();
		response.writeTo(request, written, () -> List.of(new StringHttpMessageConverter()));
		return written;
	}

}
