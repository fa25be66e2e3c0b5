package dev.authstarter.token;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.authstarter.Reason;
import dev.authstarter.fixture.ApiTest;
import dev.authstarter.fixture.TestApi;
import jakarta.servlet.Filter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.DefaultMockMvcBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random requests. The answer is always 200, 400, 401 or 403, and 200 only if a second
 * verifier accepts the token, too. {@code CONTRIBUTING.md} says how to run this longer
 * and how to repeat a failure.
 */
@ExtendWith(OutputCaptureExtension.class)
@ApiTest(value = TestApi.class, properties = { "server.max-http-request-header-size=64KB",
		// Tomcat's own remark on the first request that is no HTTP.
		"logging.level.org.apache.coyote.http11=WARN" })
class FuzzTests {

	private static final long SEED = Long.getLong("auth-starter.fuzz.seed", 9068);

	private static final long REQUESTS = Long.getLong("auth-starter.fuzz.requests", 100_000);

	private static final long REQUESTS_OVER_HTTP = REQUESTS / 33;

	private static final int THREADS = 2;

	private static final Set<Integer> STATUSES = Set.of(200, 400, 401, 403);

	/** The rest needs an outage, another property or another handler. */
	private static final Set<Reason> EXPECTED = Set.of(Reason.MALFORMED_REQUEST, Reason.MULTIPLE_CREDENTIALS,
			Reason.MISSING_TOKEN, Reason.MALFORMED_TOKEN, Reason.TOKEN_TOO_LONG, Reason.ALGORITHM_NOT_ALLOWED,
			Reason.CRITICAL_HEADER, Reason.WRONG_TYPE, Reason.ID_TOKEN, Reason.LOGOUT_TOKEN,
			Reason.SECURITY_EVENT_TOKEN, Reason.WRONG_ISSUER, Reason.WRONG_AUDIENCE, Reason.TOKEN_EXPIRED,
			Reason.MISSING_EXPIRY, Reason.TOKEN_NOT_YET_VALID, Reason.UNPROVEN_POSSESSION, Reason.UNKNOWN_KEY,
			Reason.BAD_SIGNATURE, Reason.INSUFFICIENT_SCOPE, Reason.ORGANIZATION_MISMATCH, Reason.ORGANIZATION_MISSING);

	@LocalServerPort
	int port;

	private final AtomicLong accepted = new AtomicLong();

	private final Map<String, Long> reasons = new ConcurrentHashMap<>();

	@Test
	void filterChainSurvivesEveryRequest(@Autowired WebApplicationContext context, CapturedOutput output)
			throws Exception {
		MockMvc chain = MockMvcBuilders.webAppContextSetup(context)
			.<DefaultMockMvcBuilder>addFilters(context.getBean("springSecurityFilterChain", Filter.class))
			.build();
		ExecutorService threads = Executors.newFixedThreadPool(THREADS);
		try {
			List<Callable<Void>> shares = Stream.iterate(0, (i) -> i + 1)
				.limit(THREADS)
				.map((share) -> (Callable<Void>) () -> {
					for (long i = share; i < REQUESTS; i += THREADS) {
						performInChain(chain, i);
					}
					return null;
				})
				.toList();
			for (Future<Void> share : threads.invokeAll(shares)) {
				share.get();
			}
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(output).doesNotContain(" ERROR ", "\tat ");
		assertThat(this.accepted).as("a fuzzer that never gets through proves little")
			.hasValueGreaterThan(REQUESTS / 100);
		assertThat(this.reasons.keySet()).containsAll(EXPECTED.stream().map(Reason::code).collect(Collectors.toSet()));
	}

	private void performInChain(MockMvc chain, long index) {
		FuzzedRequest request = new RequestFuzzer(SEED + index).request();
		Supplier<String> name = () -> "seed %d: %s".formatted(SEED + index, request);
		try {
			MvcResult result = chain.perform(mock(request)).andReturn();
			validate(name, request, result.getResponse().getStatus(), result.getResponse().getContentAsString());
			assertThat(result.getRequest().getSession(false)).as(name).isNull();
			assertThat(result.getResponse().getHeader("Set-Cookie")).as(name).isNull();
		}
		catch (Exception ex) {
			throw new AssertionError(name.get(), ex);
		}
	}

	private static MockHttpServletRequestBuilder mock(FuzzedRequest request) {
		HttpMethod method = (request.form() != null) ? HttpMethod.POST : HttpMethod.GET;
		MockHttpServletRequestBuilder builder = MockMvcRequestBuilders.request(method, request.path());
		for (String value : request.authorization()) {
			builder.header("Authorization", value);
		}
		if (request.query() != null) {
			builder.with((mocked) -> {
				mocked.setQueryString(request.query());
				return mocked;
			});
		}
		if (request.form() != null) {
			builder.contentType(MediaType.APPLICATION_FORM_URLENCODED);
			builder.param(request.form().split("=", 2)[0], "x");
		}
		return builder;
	}

	@Test
	void serverSurvivesEveryRequest(CapturedOutput output) throws Exception {
		for (long i = 0; i < REQUESTS_OVER_HTTP; i++) {
			long seed = SEED - 1 - i;
			FuzzedRequest request = new RequestFuzzer(seed).request();
			Supplier<String> name = () -> "seed %d: %s".formatted(seed, request);
			String response = exchange(request);
			assertThat(response).as(name).startsWith("HTTP/1.1 ").doesNotContain("Set-Cookie");
			String body = response.substring(response.indexOf("\r\n\r\n") + 4);
			validate(name, request, Integer.parseInt(response.substring(9, 12)), body);
		}
		assertThat(output).doesNotContain(" ERROR ", "\tat ");
		assertThat(this.accepted).hasValueGreaterThan(REQUESTS_OVER_HTTP / 100);
	}

	/** As it is, without a client that would put it right. */
	private String exchange(FuzzedRequest request) throws IOException {
		StringBuilder head = new StringBuilder((request.form() != null) ? "POST " : "GET ").append(request.path());
		if (request.query() != null) {
			head.append('?').append(request.query());
		}
		head.append(" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
		String form = (request.form() != null) ? request.form() : "";
		if (request.form() != null) {
			head.append("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ")
				.append(form.length())
				.append("\r\n");
		}
		for (String value : request.authorization()) {
			head.append("Authorization: ").append(value).append("\r\n");
		}
		head.append("\r\n").append(form);
		try (Socket socket = new Socket("localhost", this.port)) {
			socket.setSoTimeout(10_000);
			socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.UTF_8));
			socket.getOutputStream().flush();
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	private void validate(Supplier<String> name, FuzzedRequest request, int status, String body) {
		assertThat(STATUSES).as(name).contains(status);
		if (status == 200) {
			this.accepted.incrementAndGet();
			assertThat(request.authorization()).as(name).hasSize(1);
			// What follows a line break is another header, or the end of the request.
			String[] words = request.authorization().get(0).split("[\r\n]", -1)[0].strip().split(" ", -1);
			assertThat(words).as(name).hasSize(2);
			assertThat(words[0]).as(name).isEqualToIgnoringCase("Bearer");
			assertThat(ReferenceVerifier.isGood(words[1])).as(name).isTrue();
		}
		else {
			Reason.builtIn()
				.stream()
				.map(Reason::code)
				.filter((code) -> body.contains("\"" + code + "\""))
				.forEach((code) -> this.reasons.merge(code, 1L, Long::sum));
		}
	}

}
