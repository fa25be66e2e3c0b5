package dev.authstarter.introspection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.authstarter.Reason;
import dev.authstarter.Refused;
import dev.authstarter.RefusedException;
import dev.authstarter.event.AuthListeners;
import dev.authstarter.fixture.JsonServer;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestClock;
import dev.authstarter.issuer.IssuerHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;

class IntrospectionTests {

	private static final String ACTIVE = "{\"active\":true,\"sub\":\"42\"}";

	private final JsonServer server = new JsonServer("/introspect");

	private final TestClock clock = new TestClock(TestApi.NOW);

	private final Introspection introspection = introspection(Duration.ofSeconds(60), Duration.ofSeconds(20));

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void asksByPostWithCredentialsInTheHeader() {
		this.server.answer(200, ACTIVE);
		assertThat(Asked.claims(this.introspection, "a+b")).containsEntry("sub", "42");
		assertThat(this.server.questions()).singleElement().satisfies((question) -> {
			assertThat(question.method()).isEqualTo("POST");
			assertThat(question.path()).isEqualTo("/introspect");
			// api:s%3Acret
			assertThat(question.authorization()).isEqualTo("Basic YXBpOnMlM0FjcmV0");
			assertThat(question.body()).isEqualTo("token=a%2Bb&token_type_hint=access_token");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"active\":false}", "{\"active\":\"true\"}", "{\"active\":1}", "{\"active\":null}", "{}",
			"{\"sub\":\"42\"}" })
	void refusesWhatIsNotActive(String answer) {
		this.server.answer(200, answer);
		assertRefused("token", Reason.INACTIVE_TOKEN);
	}

	@ParameterizedTest
	@CsvSource(delimiter = ' ', value = { "500 {}", "401 {}", "204 {}", "302 {}", "200 []", "200 garbage",
			"200 {\"active\":true", "200 {\"active\":true,\"active\":true}" })
	void saysUnavailableWhenTheIssuerDoesNotAnswerProperly(int status, String answer) {
		this.server.answer(status, answer);
		assertRefused("token", Reason.INTROSPECTION_UNAVAILABLE);
	}

	@Test
	void saysUnavailableWhenTheIssuerIsDown() {
		this.server.close();
		assertRefused("token", Reason.INTROSPECTION_UNAVAILABLE);
	}

	@Test
	void saysUnavailableWhenTheIssuerHangs() {
		CountDownLatch released = new CountDownLatch(1);
		this.server.before(() -> awaitUninterruptibly(released));
		Introspection impatient = introspection(Duration.ofSeconds(60), Duration.ofMillis(100));
		assertThatException().isThrownBy(() -> Asked.claims(impatient, "token")).isInstanceOf(RefusedException.class);
		released.countDown();
	}

	@Test
	void keepsAnAnswerForItsTimeToLive() {
		this.server.answer(200, ACTIVE);
		Asked.claims(this.introspection, "token");
		// Later it would be renewed ahead of time.
		this.clock.advance(Duration.ofSeconds(29));
		Asked.claims(this.introspection, "token");
		assertThat(this.server.questions()).hasSize(1);
		this.clock.advance(Duration.ofSeconds(31));
		Asked.claims(this.introspection, "token");
		assertThat(this.server.questions()).hasSize(2);
	}

	@Test
	void noticesRevocationAfterTheTimeToLive() {
		this.server.answer(200, ACTIVE);
		Asked.claims(this.introspection, "token");
		this.server.answer(200, "{\"active\":false}");
		this.clock.advance(Duration.ofSeconds(60));
		assertRefused("token", Reason.INACTIVE_TOKEN);
	}

	@Test
	void keepsTokensApart() {
		this.server.answer(200, ACTIVE);
		Asked.claims(this.introspection, "one");
		Asked.claims(this.introspection, "two");
		assertThat(this.server.questions()).extracting(JsonServer.Question::body)
			.containsExactly("token=one&token_type_hint=access_token", "token=two&token_type_hint=access_token");
	}

	@Test
	void asksEveryTimeWhenKeepingIsOff() {
		Introspection forgetful = introspection(Duration.ZERO, Duration.ofSeconds(2));
		this.server.answer(200, ACTIVE);
		Asked.claims(forgetful, "token");
		Asked.claims(forgetful, "token");
		assertThat(this.server.questions()).hasSize(2);
	}

	@Test
	void asksOnceForManyRequestsWithTheSameToken() throws InterruptedException, ExecutionException {
		CountDownLatch released = new CountDownLatch(1);
		this.server.answer(200, ACTIVE);
		this.server.before(() -> awaitUninterruptibly(released));
		ExecutorService callers = Executors.newFixedThreadPool(20);
		try {
			List<Future<?>> calls = new ArrayList<>();
			for (int i = 0; i < 20; i++) {
				calls.add(callers.submit(() -> Asked.claims(this.introspection, "token")));
			}
			await().until(() -> !this.server.questions().isEmpty());
			released.countDown();
			for (Future<?> call : calls) {
				call.get();
			}
		}
		finally {
			callers.shutdownNow();
		}
		assertThat(this.server.questions()).hasSize(1);
	}

	@Test
	void failsAllWaitingCallersIfTheIssuerFails() throws InterruptedException {
		CountDownLatch released = new CountDownLatch(1);
		this.server.answer(500, "{}");
		this.server.before(() -> awaitUninterruptibly(released));
		ExecutorService callers = Executors.newFixedThreadPool(2);
		try {
			Future<?> first = callers.submit(() -> Asked.claims(this.introspection, "token"));
			await().until(() -> !this.server.questions().isEmpty());
			Future<?> second = callers.submit(() -> Asked.claims(this.introspection, "token"));
			released.countDown();
			for (Future<?> call : List.of(first, second)) {
				assertThatException().isThrownBy(call::get).withCauseInstanceOf(RefusedException.class);
			}
		}
		finally {
			callers.shutdownNow();
		}
	}

	@Test
	void countsOnlyFailuresInARow() {
		for (int i = 0; i < 20; i++) {
			this.server.answer((i % 5 != 4) ? 500 : 200, ACTIVE);
			String token = "token" + i;
			if (i % 5 != 4) {
				assertRefused(token, Reason.INTROSPECTION_UNAVAILABLE);
			}
			else {
				Asked.claims(this.introspection, token);
			}
		}
		assertThat(this.server.questions()).hasSize(20);
	}

	@Test
	void leavesAFailingEndpointAloneForAMoment() {
		this.server.answer(500, "{}");
		for (int i = 0; i < 20; i++) {
			assertRefused("token" + i, Reason.INTROSPECTION_UNAVAILABLE);
		}
		assertThat(this.server.questions()).hasSize(5);
		this.clock.advance(Duration.ofSeconds(5));
		this.server.answer(200, ACTIVE);
		assertThat(Asked.claims(this.introspection, "token")).containsEntry("sub", "42");
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void warnsOncePerIntervalEvenIfTheIssuerAnswersNowAndThen(CapturedOutput output) {
		for (int i = 0; i < 10; i++) {
			this.server.answer(500, "{}");
			assertRefused("token" + i, Reason.INTROSPECTION_UNAVAILABLE);
			this.server.answer(200, ACTIVE);
			Asked.claims(this.introspection, "token" + i);
		}
		assertThat(output)
			.containsOnlyOnce("Introspection failed: " + this.server.uri("/introspect") + " answered with status 500")
			.doesNotContain("token0", "\tat ", "Basic", "s:cret");
		this.clock.advance(Duration.ofMinutes(1).minusMillis(1));
		failOnce();
		assertThat(output).containsOnlyOnce("Introspection failed");
		this.clock.advance(Duration.ofMillis(1));
		failOnce();
		assertThat(output.getOut().split("Introspection failed", -1)).hasSize(3);
	}

	private void failOnce() {
		this.server.answer(500, "{}");
		assertRefused("other", Reason.INTROSPECTION_UNAVAILABLE);
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void saysThatAnOutageIsOver(CapturedOutput output) {
		for (int i = 0; i < 5; i++) {
			failOnce();
		}
		this.clock.advance(Duration.ofSeconds(5));
		this.server.answer(200, ACTIVE);
		Asked.claims(this.introspection, "token");
		assertThat(output).containsOnlyOnce("is available again");
		Asked.claims(this.introspection, "another");
		failOnce();
		this.server.answer(200, ACTIVE);
		Asked.claims(this.introspection, "third");
		assertThat(output).containsOnlyOnce("is available again");
	}

	@Test
	void keepsSecretsOutOfItsName() {
		assertThat(endpoint(Duration.ZERO, Duration.ZERO))
			.hasToString("Introspection at " + this.server.uri("/introspect"));
	}

	private void assertRefused(String token, Reason reason) {
		assertThatException().isThrownBy(() -> Asked.claims(this.introspection, token))
			.isInstanceOfSatisfying(Refused.class,
					(refused) -> assertThat(refused.refusal().reason()).isEqualTo(reason));
	}

	private Introspection introspection(Duration timeToLive, Duration timeout) {
		return new Introspection(endpoint(timeToLive, timeout), () -> new IssuerHttpClient(timeout), 200, this.clock,
				new AuthListeners(List::of, this.clock));
	}

	private IntrospectionEndpoint endpoint(Duration timeToLive, Duration timeout) {
		return new IntrospectionEndpoint(this.server.uri("/introspect"), IntrospectionEndpoint.basic("api", "s:cret"),
				timeToLive, timeout);
	}

	private static void awaitUninterruptibly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
