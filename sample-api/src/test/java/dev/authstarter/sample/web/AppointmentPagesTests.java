package dev.authstarter.sample.web;

import java.io.IOException;
import java.util.List;

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
import static org.springframework.test.web.client.match.MockRestRequestMatchers.anything;
import static org.springframework.test.web.client.response.MockRestResponseCreators.withException;
import static org.springframework.test.web.client.response.MockRestResponseCreators.withStatus;

/**
 * The pages while the API does not work.
 */
class AppointmentPagesTests {

	@ParameterizedTest
	@ValueSource(strings = { "GET /", "POST /appointments", "POST /appointments/7/cancellation" })
	void saysThatTheApiCannotBeReached(String call) throws Exception {
		MockHttpServletResponse response = send(call, withException(new IOException("refused")));
		assertThat(response.getStatus()).isEqualTo(502);
		assertThat(response.getContentAsString()).contains("The API cannot be reached", "<h1>Clinic</h1>");
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET /", "POST /appointments", "POST /appointments/7/cancellation" })
	void showsTheStatusOfAnswersWithoutProblemBody(String call) throws Exception {
		MockHttpServletResponse response = send(call,
				withStatus(HttpStatus.SERVICE_UNAVAILABLE).contentType(MediaType.TEXT_HTML).body("<b>proxy</b>"));
		assertThat(response.getStatus()).isEqualTo(502);
		assertThat(response.getContentAsString()).contains("The API answered 503").doesNotContain("<b>proxy</b>");
	}

	private static MockHttpServletResponse send(String call, ResponseCreator answer) throws Exception {
		RestClient.Builder http = RestClient.builder().baseUrl("http://api.example");
		MockRestServiceServer.bindTo(http).build().expect(ExpectedCount.manyTimes(), anything()).andRespond(answer);
		MockHttpServletRequest request = new MockHttpServletRequest(call.split(" ", -1)[0], call.split(" ", -1)[1]);
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
