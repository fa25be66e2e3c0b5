package dev.authstarter.introspection;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

import dev.authstarter.RefusedException;
import dev.authstarter.event.AuthListeners;
import dev.authstarter.fixture.RecordingListener;
import dev.authstarter.fixture.StubServer;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestClock;
import dev.authstarter.issuer.IssuerHttpClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Which answers of the introspection endpoint are about the token, and which about the
 * endpoint or this API.
 */
class IntrospectionFailuresTests {

	private static final String INACTIVE = "inactive_token";

	private static final String UNAVAILABLE = "introspection_unavailable";

	private static final int ENOUGH_TO_PAUSE = 5;

	private final TestClock clock = new TestClock(TestApi.NOW);

	private final RecordingListener recorded = new RecordingListener();

	private StubServer server;

	private Introspection introspection;

	private int texts;

	IntrospectionFailuresTests() throws Exception {
		this.server = new StubServer();
		this.introspection = new Introspection(
				new IntrospectionEndpoint(this.server.uri("/introspect"), "Basic x", Duration.ofMinutes(1),
						Duration.ofSeconds(20)),
				() -> new IssuerHttpClient(Duration.ofSeconds(20)), 200, this.clock,
				new AuthListeners(() -> List.of(this.recorded), this.clock));
	}

	@BeforeEach
	void knowOneToken() {
		answerActive();
		assertThat(answer("known")).isEqualTo("accepted");
	}

	@AfterEach
	void close() {
		this.server.close();
	}

	// About the token

	@ParameterizedTest
	@CsvSource(delimiter = ' ',
			value = { "400 {}", "400 -", "400 <html>", "400 {\"error\":\"invalid_request\"}",
					"400 {\"error\":\"invalid_token\"}", "400 {\"error\":\"unsupported_token_type\"}",
					"400 {\"error\":1}", "413 {}", "414 {}", "422 {}", "431 {}" })
	void answerAboutTokenRefusesItAndCountsAsNoOutage(int status, String body) {
		answer(status, body, null);
		for (int i = 0; i < 3 * ENOUGH_TO_PAUSE; i++) {
			assertThat(answer("unissued" + i)).isEqualTo(INACTIVE);
		}
		assertThat(asked()).isEqualTo(1 + 3 * ENOUGH_TO_PAUSE);
		answerActive();
		assertThat(answer("new")).isEqualTo("accepted");
	}

	@Test
	void remembersForFiveSecondsThatTheAnswerWasAboutTheToken() {
		answer(400, "{}", null);
		assertThat(answer("unissued")).isEqualTo(INACTIVE);
		assertThat(answer("unissued")).isEqualTo(INACTIVE);
		assertThat(asked()).isEqualTo(2);
		this.clock.advance(Duration.ofSeconds(5));
		assertThat(answer("unissued")).isEqualTo(INACTIVE);
		assertThat(asked()).isEqualTo(3);
	}

	@Test
	void forgetsTokenThatIsNoneAnyMore() {
		answer(400, "{}", null);
		this.clock.advance(Duration.ofMinutes(1));
		assertThat(answer("known")).isEqualTo(INACTIVE);
	}

	// Unclear

	@ParameterizedTest
	@ValueSource(ints = { 402, 404, 405, 406, 409, 410, 411, 412, 415, 418, 421, 426, 451, 499 })
	void unclearAnswerNeitherRefusesTheTokenNorPauses(int status) {
		answer(status, "{}", null);
		for (int i = 0; i < 3 * ENOUGH_TO_PAUSE; i++) {
			assertThat(answer("unissued" + i)).isEqualTo(UNAVAILABLE);
		}
		assertThat(asked()).isEqualTo(1 + 3 * ENOUGH_TO_PAUSE);
		answerActive();
		assertThat(answer("new")).isEqualTo("accepted");
	}

	// About the endpoint or this API

	@ParameterizedTest
	@CsvSource(delimiter = ' ', value = { "401 {}", "403 {}", "407 {}", "408 {}", "500 {}", "501 {}", "502 -", "503 {}",
			"504 -", "599 {}", "204 -", "201 {\"active\":true}", "302 -", "307 -", "200 [1]", "200 -", "200 <html>",
			"200 {\"active\":true", "400 {\"error\":\"invalid_client\"}", "400 {\"error\":\"unauthorized_client\"}",
			"400 {\"error\":\"server_error\"}", "400 {\"error\":\"temporarily_unavailable\"}" })
	void failureCountsAsOutage(int status, String body) {
		answer(status, body, null);
		for (int i = 0; i < 3 * ENOUGH_TO_PAUSE; i++) {
			assertThat(answer("unissued" + i)).isEqualTo(UNAVAILABLE);
		}
		assertThat(asked()).isEqualTo(1 + ENOUGH_TO_PAUSE);
	}

	// A pause

	@Test
	void pauseLetsOneQuestionASecondThrough() {
		fail(ENOUGH_TO_PAUSE);
		for (int second = 1; second <= 5; second++) {
			this.clock.advance(Duration.ofMillis(999));
			assertThat(answer("early" + second)).isEqualTo(UNAVAILABLE);
			assertThat(asked()).isEqualTo(ENOUGH_TO_PAUSE + second);
			this.clock.advance(Duration.ofMillis(1));
			assertThat(answer("probe" + second)).isEqualTo(UNAVAILABLE);
			assertThat(answer("late" + second)).isEqualTo(UNAVAILABLE);
			assertThat(asked()).isEqualTo(ENOUGH_TO_PAUSE + second + 1);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 500, 429 })
	void pauseEndsWhereTheClockIsSetBack(int status) {
		fail(status, ENOUGH_TO_PAUSE);
		answerActive();
		this.clock.advance(Duration.ofHours(-1));
		assertThat(answer("new")).isEqualTo("accepted");
	}

	@ParameterizedTest
	@CsvSource({ "200, accepted", "400, inactive_token" })
	void answeredProbeEndsThePause(int status, String expected) {
		fail(ENOUGH_TO_PAUSE);
		this.clock.advance(Duration.ofSeconds(1));
		answer(status, "{\"active\":true}", null);
		for (int i = 0; i < ENOUGH_TO_PAUSE; i++) {
			assertThat(answer("new" + i)).isEqualTo(expected);
		}
	}

	@Test
	void rememberedAnswersServeWhileQuestionsArePaused() {
		fail(ENOUGH_TO_PAUSE);
		this.clock.advance(Duration.ofMinutes(1).minusMillis(1));
		for (int i = 0; i < 3 * ENOUGH_TO_PAUSE; i++) {
			assertThat(answer("known")).isEqualTo("accepted");
		}
		this.clock.advance(Duration.ofMillis(1));
		assertThat(answer("known")).isEqualTo(UNAVAILABLE);
	}

	@ParameterizedTest
	@CsvSource({ "500", "401", "429" })
	void unknownTokensThatMakeTheEndpointFailPauseOnlyUnknownTokens(int status) {
		fail(status, 3 * ENOUGH_TO_PAUSE);
		answerActive();
		this.clock.advance(Duration.ofMinutes(1));
		fail(status, 3 * ENOUGH_TO_PAUSE);
		answerActive();
		assertThat(answer("known")).isEqualTo("accepted");
		assertThat(this.introspection.askAboutVerified("signed").join().isActive()).isTrue();
		assertThat(answer("new")).isEqualTo(UNAVAILABLE);
	}

	@Test
	void failingRenewalsPauseRenewals() {
		answer(500, "{}", null);
		this.clock.advance(Duration.ofSeconds(50));
		for (int i = 1; i <= ENOUGH_TO_PAUSE; i++) {
			int questions = i + 1;
			assertThat(answer("known")).isEqualTo("accepted");
			await().until(() -> this.recorded.words().size() == questions);
		}
		assertThat(answer("known")).isEqualTo("accepted");
		assertThat(asked()).isEqualTo(1 + ENOUGH_TO_PAUSE);
		this.clock.advance(Duration.ofSeconds(1));
		answerActive();
		assertThat(answer("known")).isEqualTo("accepted");
		await().until(() -> asked() == 2 + ENOUGH_TO_PAUSE);
	}

	// Too many requests

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "- | 5000", "30 | 30000", "1 | 1000", "0 | 1000", " 7 | 7000", "3600 | 60000",
			"60 | 60000", "99999999999999999999 | 60000", "-5 | 5000", "soon | 5000", "1.5 | 5000", "'' | 5000" })
	void leavesTheEndpointAloneForAsLongAsItAsks(String retryAfter, int millis) {
		answer(429, "{}", retryAfter.equals("-") ? null : retryAfter);
		assertPaused(millis);
	}

	@ParameterizedTest
	@CsvSource({ "PT20S, 20000", "-PT20S, 1000", "PT0S, 1000", "PT10M, 60000" })
	void leavesTheEndpointAloneUntilTheDateThatItNames(Duration ahead, int millis) {
		answer(429, "{}",
				DateTimeFormatter.RFC_1123_DATE_TIME.format(TestApi.NOW.plus(ahead).atOffset(ZoneOffset.UTC)));
		assertPaused(millis);
	}

	/** Several introspection requests may be in progress. */
	@Test
	void leavesTheEndpointAloneForTheLongestOfSeveralTimes() {
		CircuitBreaker breaker = new CircuitBreaker(
				new IntrospectionEndpoint(this.server.uri("/introspect"), "Basic x", Duration.ZERO, Duration.ZERO),
				this.clock);
		breaker.pause(Duration.ofSeconds(30), "busy");
		breaker.pause(Duration.ofSeconds(1), "busy");
		this.clock.advance(Duration.ofMillis(29_999));
		assertThat(breaker.isOpen()).isTrue();
		this.clock.advance(Duration.ofMillis(1));
		assertThat(breaker.isOpen()).isFalse();
	}

	private void assertPaused(int millis) {
		assertThat(answer("first")).isEqualTo(UNAVAILABLE);
		answerActive();
		assertThat(answer("second")).isEqualTo(UNAVAILABLE);
		this.clock.advance(Duration.ofMillis(millis - 1));
		assertThat(answer("third")).isEqualTo(UNAVAILABLE);
		assertThat(asked()).isEqualTo(2);
		this.clock.advance(Duration.ofMillis(1));
		assertThat(answer("fourth")).isEqualTo("accepted");
	}

	// What the operator reads

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void unknownTokensCannotHideAnOutageFromTheLog(CapturedOutput output) {
		answer(400, "{}", null);
		assertThat(answer("unissued")).isEqualTo(INACTIVE);
		answer(404, "{}", null);
		assertThat(answer("another")).isEqualTo(UNAVAILABLE);
		answer(503, "{}", null);
		assertThat(answer("third")).isEqualTo(UNAVAILABLE);
		assertThat(output).contains("answered with status 400. The token is treated as not active")
			.doesNotContain("status 404", "unissued")
			.contains("Introspection failed", "answered with status 503");
		this.clock.advance(Duration.ofMinutes(1));
		answer(404, "{}", null);
		assertThat(answer("fourth")).isEqualTo(UNAVAILABLE);
		assertThat(output).contains("answered with status 404. The cause is either the token");
	}

	private void fail(int times) {
		fail(500, times);
		assertThat(asked()).isEqualTo(times + 1);
	}

	private void fail(int status, int times) {
		answer(status, "{}", null);
		for (int i = 0; i < times; i++) {
			assertThat(answer("failing" + this.texts++)).isEqualTo(UNAVAILABLE);
		}
	}

	private void answerActive() {
		answer(200, "{\"active\":true}", null);
	}

	private void answer(int status, String body, @Nullable String retryAfter) {
		byte[] bytes = (body.equals("-") ? "" : body).getBytes(StandardCharsets.UTF_8);
		this.server.serve("/introspect", (exchange) -> {
			if (retryAfter != null) {
				exchange.getResponseHeaders().set("Retry-After", retryAfter);
			}
			exchange.sendResponseHeaders(status, (bytes.length > 0) ? bytes.length : -1);
			exchange.getResponseBody().write(bytes);
		});
	}

	private int asked() {
		return this.server.asked().size();
	}

	private String answer(String token) {
		try {
			Asked.claims(this.introspection, token);
			return "accepted";
		}
		catch (RefusedException ex) {
			return ex.refusal().reason().code();
		}
	}

}
