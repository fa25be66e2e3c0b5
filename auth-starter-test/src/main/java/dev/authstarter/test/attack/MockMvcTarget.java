package dev.authstarter.test.attack;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import dev.authstarter.test.attack.catalogue.AttackRequest;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.Cookie;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.mock.web.MockAsyncContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

/**
 * An application that is called by {@code MockMvc}.
 */
final class MockMvcTarget implements Target {

	/** MockMvc sets it before it calls the filters. */
	private static final String RESULT = MockMvc.class.getName() + ".MVC_RESULT_ATTRIBUTE";

	private final MockMvc mvc;

	private final Duration timeout;

	MockMvcTarget(MockMvc mvc) {
		this(mvc, TIMEOUT);
	}

	/**
	 * Call an application.
	 * @param mvc the application
	 * @param timeout the time until an asynchronous answer must have a status
	 */
	MockMvcTarget(MockMvc mvc, Duration timeout) {
		this.mvc = mvc;
		this.timeout = timeout;
	}

	@Override
	public Answer send(AttackRequest request) {
		MockHttpServletRequestBuilder builder = MockMvcRequestBuilders.request(HttpMethod.valueOf(request.method()),
				URI.create(request.uri()));
		request.headersWithoutCookies()
			.forEach((name, values) -> values.forEach((value) -> builder.header(name, value)));
		request.cookies().forEach((name, value) -> builder.cookie(new Cookie(name, value)));
		if (request.body() != null) {
			builder.content(request.body());
		}
		AtomicReference<@Nullable MockHttpServletRequest> sent = new AtomicReference<>();
		builder.with((created) -> {
			sent.set(created);
			return created;
		});
		try {
			MvcResult result = this.mvc.perform(builder).andReturn();
			return result.getRequest().isAsyncStarted() ? later(result) : answer(result, true);
		}
		catch (Exception ex) {
			return failure(sent.get(), ex);
		}
	}

	/**
	 * What a client of a server would receive: what was sent before the failure, or an
	 * error.
	 */
	private static Answer failure(@Nullable MockHttpServletRequest request, Exception failure) {
		if (request != null && request.getAttribute(RESULT) instanceof MvcResult result
				&& result.getResponse().isCommitted()) {
			return answer(result, false);
		}
		return new Answer(HttpStatus.INTERNAL_SERVER_ERROR.value(), new HttpHeaders(), failure.toString());
	}

	/**
	 * Wait for an asynchronous result. A stream has none before its end, but commits the
	 * response when it begins.
	 */
	private Answer later(MvcResult result) throws Exception {
		for (Duration waited = Duration.ZERO; waited.compareTo(this.timeout) < 0; waited = waited.plus(BODY_TIME)) {
			if (hasAsyncResult(result)) {
				return answer(this.mvc.perform(MockMvcRequestBuilders.asyncDispatch(result)).andReturn(), true);
			}
			if (result.getResponse().isCommitted()) {
				Answer answer = answer(result, false);
				disconnect(result);
				return answer;
			}
		}
		disconnect(result);
		return Answer.timedOut();
	}

	private static boolean hasAsyncResult(MvcResult result) {
		try {
			result.getAsyncResult(BODY_TIME.toMillis());
			return true;
		}
		catch (IllegalStateException ex) {
			return false;
		}
	}

	/** End a stream as a server does whose client closes the connection. */
	private static void disconnect(MvcResult result) throws IOException {
		if (result.getRequest().getAsyncContext() instanceof MockAsyncContext async) {
			AsyncEvent event = new AsyncEvent(async, new IOException("The client has closed the connection"));
			for (AsyncListener listener : List.copyOf(async.getListeners())) {
				listener.onError(event);
			}
		}
	}

	private static Answer answer(MvcResult result, boolean complete) {
		MockHttpServletResponse response = result.getResponse();
		HttpHeaders headers = new HttpHeaders();
		response.getHeaderNames().forEach((name) -> headers.put(name, response.getHeaders(name)));
		return Answer.of(response.getStatus(), headers, response.getContentAsByteArray(), complete);
	}

}
