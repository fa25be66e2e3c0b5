package dev.authstarter.introspection;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import dev.authstarter.Reason;
import dev.authstarter.Refused;
import dev.authstarter.event.AuthListeners;
import dev.authstarter.fixture.Heap;
import dev.authstarter.fixture.IntrospectionServer;
import dev.authstarter.fixture.RecordingListener;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestClock;
import dev.authstarter.issuer.IssuerHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * How long each answer of the introspection endpoint is cached, and when it is renewed.
 */
@Timeout(60)
class IntrospectionAnswersTests {

	private static final Duration TIME_TO_LIVE = Duration.ofMinutes(10);

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	/** Two requests are possible before the time to live ends. */
	private static final Duration RENEWAL = Duration.ofMinutes(9);

	private final IntrospectionServer server = new IntrospectionServer("{\"active\":true,\"sub\":\"42\"}");

	private final TestClock clock = new TestClock(TestApi.NOW);

	private final RecordingListener recorded = new RecordingListener();

	private final Introspection introspection = introspection(this.clock);

	@AfterEach
	void close() {
		this.server.close();
	}

	// Inactive tokens

	@Test
	void remembersForFiveSecondsThatTokenIsInactive() {
		assertInactive("unissued");
		this.clock.advance(Duration.ofMillis(4_999));
		assertInactive("unissued");
		assertThat(this.server.asked()).containsExactly("unissued");
		this.server.callActive("unissued"::equals);
		this.clock.advance(Duration.ofMillis(1));
		assertAccepted("unissued");
		assertThat(this.server.asked()).hasSize(2);
	}

	@Test
	void countsTheAgeOfRefusalFromTheAnswer() {
		this.server.hold((text) -> true);
		CompletableFuture<Void> caller = CompletableFuture.runAsync(() -> assertInactive("unissued"));
		await().until(() -> this.server.asked().size() == 1);
		this.clock.advance(Duration.ofSeconds(10));
		this.server.release();
		caller.join();
		assertInactive("unissued");
		assertThat(this.server.asked()).hasSize(1);
	}

	/** The texts come to 19 MB. */
	@Test
	void keepsNothingOfUnknownTexts() {
		askAboutLongTexts(100);
		long before = Heap.live();
		askAboutLongTexts(300);
		assertThat(Heap.live() - before).isLessThan(4 << 20);
	}

	private void askAboutLongTexts(int count) {
		for (int i = 0; i < count; i++) {
			assertInactive(count + "-" + i + "x".repeat(64_000));
		}
		this.server.asked().clear();
	}

	@Test
	void remembersNoFailure() {
		this.server.fail((text) -> true);
		assertRefused("good", Reason.INTROSPECTION_UNAVAILABLE);
		this.server.fail((text) -> false);
		assertAccepted("good");
	}

	@Test
	void unknownTokensDoNotEvictGoodTokens() {
		IntrospectionAnswers answers = new IntrospectionAnswers(TIME_TO_LIVE, RENEWAL, this.clock);
		for (int i = 0; i < 100; i++) {
			answers.keep("good" + i, IntrospectionAnswer.active(Map.of(), TestApi.NOW));
		}
		for (int i = 0; i < 100_000; i++) {
			answers.keep("unissued" + i, IntrospectionAnswer.refused(Reason.INACTIVE_TOKEN, TestApi.NOW));
		}
		for (int i = 0; i < 100; i++) {
			assertThat(answers.find("good" + i)).isNotNull();
			assertThat(answers.isKnown("good" + i)).isTrue();
		}
	}

	/** The claims come to 20 MB. */
	@Test
	@Tag("heap")
	void keepsNoClaimsOfTokensThatAreNoLongerSent() {
		IntrospectionAnswers answers = new IntrospectionAnswers(TIME_TO_LIVE, RENEWAL, this.clock);
		long before = Heap.live();
		for (int i = 0; i < 1_000; i++) {
			answers.keep("token" + i, IntrospectionAnswer.active(Map.of("text", "x".repeat(20_000)), TestApi.NOW));
		}
		this.clock.advance(TIME_TO_LIVE);
		answers.keep("other", IntrospectionAnswer.active(Map.of(), this.clock.instant()));
		await().untilAsserted(() -> assertThat(Heap.live() - before).isLessThan(4 << 20));
		assertThat(answers.find("other")).isNotNull();
		assertThat(answers.isKnown("token0")).isTrue();
	}

	@Test
	void believesNoAnswerForHoursWhereTheClockIsSetBack() {
		assertAccepted("good");
		assertInactiveOnce("late");
		this.clock.advance(TIME_TO_LIVE.negated());
		this.server.callActive((text) -> !text.equals("good"));
		assertInactive("good");
		assertAccepted("late");
	}

	private void assertInactiveOnce(String token) {
		this.server.callActive((text) -> !text.equals(token));
		assertInactive(token);
	}

	/** The clock is read between the cache look-up and the introspection request. */
	@Test
	void asksNoMoreWhereTheAnswerCameMeanwhile() {
		CountDownLatch lookedUp = new CountDownLatch(1);
		CountDownLatch answered = new CountDownLatch(1);
		Thread first = Thread.currentThread();
		Clock slow = mock(Clock.class);
		given(slow.instant()).willAnswer((call) -> {
			if (Thread.currentThread() != first && lookedUp.getCount() > 0) {
				lookedUp.countDown();
				answered.await();
			}
			return TestApi.NOW;
		});
		Introspection interrupted = introspection(slow);
		CompletableFuture<Map<String, Object>> late = CompletableFuture
			.supplyAsync(() -> Asked.claims(interrupted, "good"));
		await().until(() -> lookedUp.getCount() == 0);
		assertThat(Asked.claims(interrupted, "good")).containsEntry("sub", "42");
		answered.countDown();
		assertThat(late.join()).containsEntry("sub", "42");
		assertThat(this.server.asked()).containsExactly("good");
	}

	// Renewal

	@Test
	void renewsAnswerThatIsOldSoonWhileItStillServes() {
		assertAccepted("good");
		this.clock.advance(RENEWAL.minusMillis(1));
		assertAccepted("good");
		assertThat(this.server.asked()).hasSize(1);
		this.server.hold((text) -> true);
		this.clock.advance(Duration.ofMillis(1));
		for (int i = 0; i < 50; i++) {
			assertAccepted("good");
		}
		await().until(() -> this.server.asked().size() == 2);
		assertThat(this.recorded.words()).containsExactly("introspection success");
		this.server.release();
		await().until(() -> this.recorded.words().size() == 2);
		this.clock.advance(RENEWAL.minusMillis(1));
		assertAccepted("good");
		assertThat(this.server.asked()).hasSize(2);
	}

	@Test
	void refusesAsSoonAsRenewalReportsRevocation() {
		assertAccepted("good");
		this.server.callActive((text) -> false);
		this.clock.advance(RENEWAL);
		assertAccepted("good");
		await().untilAsserted(() -> assertInactive("good"));
		assertThat(this.server.asked()).hasSize(2);
	}

	@Test
	void answerServesUntilItsTimeIsOverWhereRenewalFails() {
		assertAccepted("good");
		this.server.fail((text) -> true);
		this.clock.advance(TIME_TO_LIVE.minusMillis(1));
		for (int i = 1; i < 10; i++) {
			assertAccepted("good");
		}
		await().until(() -> this.recorded.words().contains("introspection failure"));
		assertAccepted("good");
		this.clock.advance(Duration.ofMillis(1));
		assertRefused("good", Reason.INTROSPECTION_UNAVAILABLE);
	}

	@Test
	void believesNoAnswerLongerThanItsTimeToLiveWhileItIsRenewed() {
		assertAccepted("good");
		this.server.callActive((text) -> false);
		this.server.hold((text) -> true);
		this.clock.advance(RENEWAL);
		assertAccepted("good");
		await().until(() -> this.server.asked().size() == 2);
		this.clock.advance(TIME_TO_LIVE.minus(RENEWAL));
		CompletableFuture<Void> caller = CompletableFuture.runAsync(() -> assertInactive("good"));
		this.server.release();
		caller.join();
		assertThat(this.server.asked()).hasSize(2);
	}

	/** The issuer may have revoked the token while it wrote. */
	@Test
	void countsTheAgeOfAnAnswerFromTheQuestion() {
		this.server.hold((text) -> true);
		CompletableFuture<Void> caller = CompletableFuture.runAsync(() -> assertAccepted("good"));
		await().until(() -> this.server.asked().size() == 1);
		this.clock.advance(Duration.ofSeconds(1));
		this.server.release();
		caller.join();
		this.server.fail((text) -> true);
		this.clock.advance(TIME_TO_LIVE.minusSeconds(1));
		assertRefused("good", Reason.INTROSPECTION_UNAVAILABLE);
	}

	private Introspection introspection(Clock clock) {
		return new Introspection(new IntrospectionEndpoint(this.server.uri(), "Basic x", TIME_TO_LIVE, TIMEOUT),
				() -> new IssuerHttpClient(TIMEOUT), 200, clock,
				new AuthListeners(() -> List.of(this.recorded), clock));
	}

	private void assertAccepted(String token) {
		assertThat(Asked.claims(this.introspection, token)).containsEntry("sub", "42");
	}

	private void assertInactive(String token) {
		assertRefused(token, Reason.INACTIVE_TOKEN);
	}

	private void assertRefused(String token, Reason reason) {
		assertThatException().isThrownBy(() -> Asked.claims(this.introspection, token))
			.isInstanceOfSatisfying(Refused.class,
					(refused) -> assertThat(refused.refusal().reason()).isEqualTo(reason));
	}

}
