package dev.authstarter.servlet;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.nimbusds.jose.JWSAlgorithm;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestClock;
import dev.authstarter.fixture.TestKey;
import dev.authstarter.fixture.TestToken;
import dev.authstarter.servlet.refusal.RefusalThrottle;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sources of bad tokens are told to stop, over HTTP, and nobody else is.
 */
class ThrottleTests {

	private static final String NOTES = "/organizations/org_acme/notes";

	private static final String LIMIT = "auth-starter.throttle.refusals=3";

	private static final TestToken VALID = TestToken.validAt(TestApi.NOW);

	private static final String FORGED = VALID.signedBy(TestKey.STRANGER, JWSAlgorithm.RS256);

	private static final String EXPIRED = VALID.with("exp", TestApi.NOW.getEpochSecond() - 3600)
		.with("iat", TestApi.NOW.getEpochSecond() - 7200)
		.signed();

	private final List<ConfigurableApplicationContext> started = new ArrayList<>();

	@AfterEach
	void stop() {
		this.started.forEach(ConfigurableApplicationContext::close);
	}

	@Test
	void tellsTheSourceOfAFloodToStop() {
		HttpCalls http = start(TestApi.class, LIMIT);
		for (int i = 0; i < 3; i++) {
			HttpResponse<String> response = http.getWithToken(NOTES, FORGED);
			assertThat(response.statusCode()).isEqualTo(401);
			assertThat(response.headers().firstValue("Retry-After")).isEmpty();
		}
		clock().advance(Duration.ofMillis(10_500));
		HttpResponse<String> response = http.getWithToken(NOTES, FORGED);
		assertThat(response.statusCode()).isEqualTo(429);
		assertThat(HttpCalls.json(response)).containsEntry("reason", "too_many_refusals");
		assertThat(response.headers().firstValue("Retry-After")).contains("50");
		assertThat(response.headers().firstValue("WWW-Authenticate")).isEmpty();
	}

	@Test
	void acceptsValidTokensFromTheSameSourceAllTheWhile() {
		HttpCalls http = start(TestApi.class, LIMIT);
		for (int i = 0; i < 10; i++) {
			http.getWithToken(NOTES, FORGED);
			// One that is known, and one that never was seen before.
			assertThat(http.answer(NOTES, VALID.signed())).isEqualTo("200");
			assertThat(http.answer(NOTES, VALID.with("jti", "valid-" + i).signed())).isEqualTo("200");
		}
		assertThat(http.answer(NOTES, FORGED)).isEqualTo("429 too_many_refusals");
	}

	@Test
	void tellsCallersFromTheSameSourceWhatTheyCanMend() {
		HttpCalls http = start(TestApi.class, LIMIT);
		flood(http);
		assertThat(http.answer(NOTES, EXPIRED)).isEqualTo("401 token_expired");
		assertThat(http.answer(NOTES, VALID.with("scope", "write:notes").signed())).isEqualTo("403 insufficient_scope");
		assertThat(http.get(NOTES).statusCode()).isEqualTo(401);
		assertThat(http.get(NOTES, "Authorization", "Bearer a b").statusCode()).isEqualTo(400);
	}

	@Test
	void countsNothingThatCallersCanMend() {
		HttpCalls http = start(TestApi.class, LIMIT);
		for (int i = 0; i < 10; i++) {
			http.getWithToken(NOTES, EXPIRED);
			http.get(NOTES);
			http.getWithToken(NOTES, VALID.with("scope", "write:notes").signed());
		}
		assertThat(http.answer(NOTES, FORGED)).isEqualTo("401 bad_signature");
	}

	@Test
	void leavesOtherAddressesAlone() throws IOException {
		HttpCalls http = start(TestApi.class, LIMIT);
		flood(http);
		assertThat(status(1)).contains(" 429 ");
		assertThat(status(2)).contains(" 401 ");
	}

	@Test
	void answersAsEverWhenTheWindowIsOver() {
		HttpCalls http = start(TestApi.class, LIMIT, "auth-starter.throttle.window=10s");
		flood(http);
		assertThat(http.answer(NOTES, FORGED)).isEqualTo("429 too_many_refusals");
		clock().advance(Duration.ofSeconds(10));
		assertThat(http.answer(NOTES, FORGED)).isEqualTo("401 bad_signature");
	}

	@Test
	void believesNoForwardedHeaderUnasked() {
		HttpCalls http = start(TestApi.class, LIMIT);
		for (int i = 0; i < 3; i++) {
			forwarded(http, "203.0.113." + i);
		}
		assertThat(forwarded(http, "203.0.113.9")).isEqualTo(429);
	}

	@Test
	void countsByTheAddressThatATrustedProxyTells() {
		HttpCalls http = start(TestApi.class, LIMIT, "server.forward-headers-strategy=native");
		for (int i = 0; i < 3; i++) {
			assertThat(forwarded(http, "203.0.113.1")).isEqualTo(401);
		}
		assertThat(forwarded(http, "203.0.113.1")).isEqualTo(429);
		assertThat(forwarded(http, "203.0.113.2")).isEqualTo(401);
	}

	@Test
	void answersManyAtOnceAsOneAfterTheOther() throws Exception {
		HttpCalls http = start(TestApi.class, "auth-starter.throttle.refusals=50");
		ExecutorService threads = Executors.newFixedThreadPool(8);
		try {
			List<Callable<String>> requests = new ArrayList<>(
					Collections.nCopies(200, () -> http.answer(NOTES, FORGED)));
			requests.addAll(Collections.nCopies(50, () -> http.answer(NOTES, VALID.signed())));
			Collections.shuffle(requests, new java.util.Random(9));
			List<String> answers = new ArrayList<>();
			for (Future<String> answer : threads.invokeAll(requests)) {
				answers.add(answer.get());
			}
			assertThat(answers).filteredOn("401 bad_signature"::equals).hasSize(50);
			assertThat(answers).filteredOn("429 too_many_refusals"::equals).hasSize(150);
			assertThat(answers).filteredOn("200"::equals).hasSize(50);
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	void tellsNobodyToStopUnlessConfigured() {
		HttpCalls http = start(TestApi.class, "auth-starter.throttle.refusals=");
		for (int i = 0; i < 200; i++) {
			assertThat(http.answer(NOTES, FORGED)).isEqualTo("401 bad_signature");
		}
	}

	@Test
	void asksTheThrottleOfTheApplication() {
		HttpCalls http = start(OwnThrottleApi.class, "auth-starter.throttle.refusals=1000");
		assertThat(http.answer(NOTES, FORGED)).isEqualTo("401 bad_signature");
		HttpResponse<String> response = http.get(NOTES, "Authorization", "Bearer " + FORGED, "X-Flood", "yes");
		assertThat(response.statusCode()).isEqualTo(429);
		assertThat(response.headers().firstValue("Retry-After")).contains("8");
		assertThat(http.get(NOTES, "Authorization", "Bearer " + VALID.signed(), "X-Flood", "yes").statusCode())
			.isEqualTo(200);
	}

	private static void flood(HttpCalls http) {
		for (int i = 0; i < 10; i++) {
			http.getWithToken(NOTES, FORGED);
		}
	}

	private static int forwarded(HttpCalls http, String address) {
		return http.get(NOTES, "Authorization", "Bearer " + FORGED, "X-Forwarded-For", address).statusCode();
	}

	/** The first line of the answer to a forged token that is sent from 127.0.0.x. */
	private String status(int host) throws IOException {
		InetAddress from = InetAddress.getByAddress(new byte[] { 127, 0, 0, (byte) host });
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(this.started.get(0)), from, 0)) {
			socket.setSoTimeout(5_000);
			socket.getOutputStream()
				.write("GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer %s\r\n\r\n"
					.formatted(NOTES, FORGED)
					.getBytes(StandardCharsets.US_ASCII));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()
				.findFirst()
				.orElse("");
		}
	}

	private HttpCalls start(Class<?> api, String... properties) {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(api)
			.properties("server.port=0", "auth-starter.issuer=" + TestToken.ISSUER,
					"auth-starter.audience=" + TestToken.AUDIENCE)
			.properties(properties)
			.run();
		this.started.add(context);
		return new HttpCalls(port(context));
	}

	private static int port(ConfigurableApplicationContext context) {
		return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	private TestClock clock() {
		return this.started.get(0).getBean(TestClock.class);
	}

	/**
	 * An API that tells to stop whom it knows by a header.
	 */
	@Configuration(proxyBeanMethods = false)
	@Import(TestApi.class)
	static class OwnThrottleApi {

		@Bean
		RefusalThrottle ownThrottle() {
			return (refusal, request) -> isFlood(request) ? Duration.ofMillis(7_001) : null;
		}

		private static boolean isFlood(HttpServletRequest request) {
			return request.getHeader("X-Flood") != null;
		}

	}

}
