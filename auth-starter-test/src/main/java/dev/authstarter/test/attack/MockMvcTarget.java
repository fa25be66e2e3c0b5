package dev.authstarter.test.attack;

import java.net.URI;
import java.nio.charset.StandardCharsets;

import dev.authstarter.test.attack.catalogue.AttackRequest;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

/**
 * An application that is called by {@code MockMvc}.
 */
final class MockMvcTarget implements Target {

	private final MockMvc mvc;

	MockMvcTarget(MockMvc mvc) {
		this.mvc = mvc;
	}

	@Override
	public Answer send(AttackRequest request) {
		MockHttpServletRequestBuilder builder = MockMvcRequestBuilders.request(HttpMethod.valueOf(request.method()),
				URI.create(request.uri()));
		request.headers().forEach((name, values) -> values.forEach((value) -> builder.header(name, value)));
		if (request.body() != null) {
			builder.content(request.body());
		}
		try {
			MvcResult result = this.mvc.perform(builder).andReturn();
			if (result.getRequest().isAsyncStarted()) {
				result = this.mvc.perform(MockMvcRequestBuilders.asyncDispatch(result)).andReturn();
			}
			MockHttpServletResponse response = result.getResponse();
			HttpHeaders headers = new HttpHeaders();
			response.getHeaderNames().forEach((name) -> headers.put(name, response.getHeaders(name)));
			return new Answer(response.getStatus(), headers, response.getContentAsString(StandardCharsets.UTF_8));
		}
		catch (Exception ex) {
			// The status with which a server would answer.
			return new Answer(HttpStatus.INTERNAL_SERVER_ERROR.value(), new HttpHeaders(), ex.toString());
		}
	}

}
