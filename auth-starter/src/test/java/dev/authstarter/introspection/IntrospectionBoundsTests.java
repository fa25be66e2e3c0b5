package dev.authstarter.introspection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import dev.authstarter.Reason;
import dev.authstarter.RefusedException;
import dev.authstarter.event.AuthListeners;
import dev.authstarter.fixture.IntrospectionServer;
import dev.authstarter.fixture.RecordingListener;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestClock;
import dev.authstarter.issuer.IssuerHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The limits on requests that wait for the introspection endpoint. The application of
 * these tests serves ten requests at a time: seven may wait for unknown texts, five of
 * them with an introspection request, and two for tokens that were active before.
 */
@Timeout(60)
class IntrospectionBoundsTests {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final int THREADS = 10;

	private final IntrospectionServer server = new IntrospectionServer("{\"active\":true,\"sub\":\"42\"}");

	private final TestClock clock = new TestClock(TestApi.NOW);

	private final RecordingListener recorded = new RecordingListener();

	private final Introspection introspection = introspection(MINUTE);

	private final ExecutorService callers = Executors.newCachedThreadPool();

	@AfterEach
	void close() {
		this.server.close();
		this.callers.shutdownNow();
	}

	// The introspection request of another caller

	@Test
	void letsTwentyWaitForOneQuestion() throws Exception {
		Introspection large = introspection(MINUTE, 200);
		this.server.hold((text) -> true);
		List<Future<String>> calls = call(large, 50, "good");
		await().until(() -> ended(calls) == 29);
		this.server.release();
		assertThat(answers(calls)).containsOnly("accepted", "introspection_unavailable")
			.filteredOn("accepted"::equals)
			.hasSize(21);
		assertThat(this.server.asked()).containsExactly("good");
	}

	@Test
	void oneTextLeavesRoomForOthers() throws Exception {
		Introspection large = introspection(MINUTE, 200);
		this.server.hold("unissued"::equals);
		List<Future<String>> unissued = call(large, 200, "unissued");
		await().until(() -> ended(unissued) == 179);
		assertThat(answer(large, "good")).isEqualTo("accepted");
	}

	@Test
	void joinedQuestionTakesPlace() throws Exception {
		this.server.hold((text) -> true);
		List<Future<String>> calls = call(this.introspection, 20, "good");
		await().until(() -> ended(calls) == 13);
		assertThat(answer(this.introspection, "another")).isEqualTo("introspection_unavailable");
		this.server.release();
		assertThat(answers(calls)).filteredOn("accepted"::equals).hasSize(7);
		assertThat(answer(this.introspection, "another")).isEqualTo("inactive_token");
	}

	// Unknown texts

	@ParameterizedTest
	@CsvSource({ "10, 7, 5", "20, 14, 10", "200, 140, 100" })
	void waitsWithSevenOfTenRequestThreadsAndAsksWithFive(int threads, int waiting, int asking) throws Exception {
		Introspection sized = introspection(MINUTE, threads);
		this.server.hold((text) -> true);
		List<Future<String>> calls = callEach(sized, threads, "good");
		await().until(() -> ended(calls) == threads - waiting && this.server.asked().size() == asking);
		this.server.release();
		assertThat(answers(calls)).filteredOn("accepted"::equals).hasSize(waiting);
	}

	@Test
	void waitsForPlaceAmongTheQuestions() throws Exception {
		this.server.hold((text) -> true);
		List<Future<String>> calls = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			calls.addAll(call(this.introspection, 1, "good" + i));
		}
		await().until(() -> this.server.asked().size() == 5);
		List<Future<String>> late = callEach(this.introspection, 20, "good-late");
		await().until(() -> ended(late) == 18);
		assertThat(this.server.asked()).hasSize(5);
		this.server.release();
		assertThat(answers(calls)).containsOnly("accepted");
		assertThat(answers(late)).filteredOn("accepted"::equals).hasSize(2);
	}

	@Test
	void doesNotAskOnceTheEndpointFailsWhoWaitedForPlace() throws Exception {
		this.server.fail((text) -> true);
		for (int i = 0; i < 4; i++) {
			assertThat(answer(this.introspection, "good" + i)).isEqualTo("introspection_unavailable");
		}
		this.server.hold((text) -> true);
		List<Future<String>> calls = callEach(this.introspection, 20, "good");
		await().until(() -> ended(calls) == 13 && this.server.asked().size() == 9);
		this.server.release();
		assertThat(answers(calls)).containsOnly("introspection_unavailable");
		assertThat(this.server.asked()).hasSize(9);
	}

	@Test
	void notifiesOfEveryRequestThatWasSkipped() throws Exception {
		this.server.hold((text) -> true);
		List<Future<String>> calls = callEach(this.introspection, 20, "unissued");
		await().until(() -> ended(calls) == 13);
		assertThat(this.recorded.words()).hasSize(13).containsOnly("introspection skipped");
		this.server.release();
		answers(calls);
		assertThat(this.recorded.words()).filteredOn("introspection success"::equals).hasSize(7);
	}

	@Test
	void givesEveryPlaceBack() throws Exception {
		this.server.fail((text) -> text.startsWith("broken"));
		for (int i = 0; i < 100; i++) {
			answer(this.introspection, ((i % 2 == 0) ? "broken" : "good") + i);
		}
		this.server.hold((text) -> true);
		List<Future<String>> calls = callEach(this.introspection, 20, "good");
		await().until(() -> ended(calls) == 13);
		this.server.release();
		assertThat(answers(calls)).filteredOn("accepted"::equals).hasSize(7);
	}

	@Test
	void callerThatCancelsItsWaitKeepsNoPlace() {
		this.server.hold((text) -> text.startsWith("unissued"));
		for (int i = 0; i < 100; i++) {
			CompletableFuture<?> arrival = this.introspection.ask("unissued-" + (i % 7));
			arrival.cancel(true);
		}
		this.server.release();
		await().untilAsserted(() -> assertThat(answer(this.introspection, "good")).isEqualTo("accepted"));
		assertThat(this.introspection.arrived(CompletableFuture.failedFuture(new CancellationException())).refused())
			.isEqualTo(Reason.INTROSPECTION_UNAVAILABLE);
	}

	// Tokens that were active before

	@ParameterizedTest
	@ValueSource(strings = { "PT0S", "PT1M" })
	void unknownTokensTakeNoPlaceOfKnownTokens(Duration timeToLive) throws Exception {
		Introspection tried = introspection(timeToLive);
		assertThat(answer(tried, "good")).isEqualTo("accepted");
		this.clock.advance(timeToLive);
		this.server.hold((text) -> text.startsWith("unissued"));
		List<Future<String>> unissued = callEach(tried, 20, "unissued");
		await().until(() -> ended(unissued) == 13);
		for (int i = 0; i < 3; i++) {
			assertThat(answer(tried, "good-new")).isEqualTo("introspection_unavailable");
			assertThat(answer(tried, "good")).isEqualTo("accepted");
			this.clock.advance(timeToLive);
		}
		assertThat(this.server.asked()).filteredOn("good"::equals).hasSize(4);
		this.server.release();
		assertThat(answers(unissued)).filteredOn("inactive_token"::equals).hasSize(7);
	}

	@Test
	void remembersForLongWhomTheIssuerKnows() throws Exception {
		assertThat(answer(this.introspection, "good")).isEqualTo("accepted");
		this.clock.advance(Duration.ofDays(1));
		this.server.hold((text) -> text.startsWith("unissued"));
		List<Future<String>> unissued = callEach(this.introspection, 20, "unissued");
		await().until(() -> ended(unissued) == 13);
		assertThat(answer(this.introspection, "good")).isEqualTo("accepted");
	}

	@Test
	void tokenThatWasRevokedIsNotKnownAnyMore() throws Exception {
		assertThat(answer(this.introspection, "good")).isEqualTo("accepted");
		this.clock.advance(MINUTE);
		this.server.callActive((text) -> false);
		assertThat(answer(this.introspection, "good")).isEqualTo("inactive_token");
		this.clock.advance(MINUTE);
		this.server.hold((text) -> text.startsWith("unissued"));
		List<Future<String>> unissued = callEach(this.introspection, 20, "unissued");
		await().until(() -> ended(unissued) == 13);
		assertThat(answer(this.introspection, "good")).isEqualTo("introspection_unavailable");
	}

	@Test
	void knownTokensAlsoTakeThePlacesOfOthers() throws Exception {
		for (int i = 0; i < 20; i++) {
			assertThat(answer(this.introspection, "good-" + i)).isEqualTo("accepted");
		}
		this.clock.advance(MINUTE);
		this.server.hold((text) -> true);
		List<Future<String>> calls = callEach(this.introspection, 20, "good");
		await().until(() -> ended(calls) == 11);
		this.server.release();
		assertThat(answers(calls)).filteredOn("accepted"::equals).hasSize(9);
	}

	private Introspection introspection(Duration timeToLive) {
		return introspection(timeToLive, THREADS);
	}

	private Introspection introspection(Duration timeToLive, int requestThreads) {
		return new Introspection(
				new IntrospectionEndpoint(this.server.uri(), IntrospectionEndpoint.basic("api", "secret"), timeToLive,
						PATIENCE),
				() -> new IssuerHttpClient(PATIENCE), requestThreads, this.clock,
				new AuthListeners(() -> List.of(this.recorded), this.clock));
	}

	private List<Future<String>> call(Introspection introspection, int times, String token) {
		return IntStream.range(0, times)
			.mapToObj((i) -> this.callers.submit(() -> answer(introspection, token)))
			.toList();
	}

	/** One call for each of so many tokens. */
	private List<Future<String>> callEach(Introspection introspection, int tokens, String name) {
		return IntStream.range(0, tokens)
			.mapToObj((i) -> this.callers.submit(() -> answer(introspection, name + "-" + i)))
			.toList();
	}

	private static String answer(Introspection introspection, String token) {
		try {
			Asked.claims(introspection, token);
			return "accepted";
		}
		catch (RefusedException ex) {
			return ex.refusal().reason().code();
		}
	}

	private static long ended(List<Future<String>> calls) {
		return calls.stream().filter(Future::isDone).count();
	}

	private static List<String> answers(List<Future<String>> calls) throws Exception {
		List<String> answers = new ArrayList<>();
		for (Future<String> call : calls) {
			answers.add(call.get());
		}
		return answers;
	}

}
