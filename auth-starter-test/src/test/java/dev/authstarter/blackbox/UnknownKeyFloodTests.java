package dev.authstarter.blackbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import dev.authstarter.test.issuer.TestIssuer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;

import static dev.authstarter.blackbox.TestApi.tokenSignedBy;
import static dev.authstarter.blackbox.TestApi.validToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(60)
@TestInstance(Lifecycle.PER_CLASS)
class UnknownKeyFloodTests {

	private static final Duration WINDOW = Duration.ofSeconds(30);

	private static final Duration INTERVAL = Duration.ofSeconds(10);

	private static final Duration PAUSE = Duration.ofSeconds(5);

	private final TestClock clock = new TestClock();

	private final TestIssuer issuer = TestIssuer.start("", this.clock);

	private final TestApi api = TestApi.trusting(this.issuer, this.clock, "--auth-starter.keys.fetch-timeout=10s",
			"--server.tomcat.threads.max=110");

	private final List<Integer> validAnswers = new ArrayList<>();

	/** One API for all tests: no set of keys survives the jump of the clock. */
	@BeforeEach
	void startAgain() {
		this.issuer.recover();
		this.issuer.addKey("ES256");
		this.issuer.removeOldKeys();
		// A fetch of the test before may fail only now, and be followed by a pause.
		await().until(() -> {
			this.clock.advance(Duration.ofHours(1));
			return this.api.call(validToken(this.issuer)) == 200;
		});
		this.issuer.resetCounters();
		this.clock.advance(WINDOW);
		this.validAnswers.clear();
	}

	@AfterAll
	void close() {
		this.api.close();
		this.issuer.close();
	}

	@Test
	void fetchesThreeTimesAtOnceAndThenOncePerInterval() throws Exception {
		flood("first", 1_000);
		assertThat(this.issuer.fetches()).isEqualTo(3);
		this.clock.advance(INTERVAL.minusMillis(1));
		flood("second", 100);
		assertThat(this.issuer.fetches()).isEqualTo(3);
		this.clock.advance(Duration.ofMillis(1));
		flood("third", 100);
		assertThat(this.issuer.fetches()).isEqualTo(4);
		assertThat(this.issuer.metadataFetches()).isZero();
		assertThat(this.validAnswers).hasSizeGreaterThan(20).containsOnly(200);
	}

	@Test
	void fetchesAtMostTwiceInAPauseWhenEveryFetchFails() throws Exception {
		this.issuer.answer(500);
		flood("first", 1_000);
		this.clock.advance(PAUSE);
		flood("second", 1_000);
		assertThat(this.issuer.fetches() + this.issuer.metadataFetches()).isBetween(1, 3);
		assertThat(this.validAnswers).containsOnly(200);
	}

	@Test
	void acceptsNewKeyWithinTenSecondsOfFlood() throws Exception {
		flood("mallory", 200);
		assertThat(this.issuer.fetches()).isEqualTo(3);
		this.issuer.rotateKeys();
		assertThat(this.api.call(validToken(this.issuer))).isEqualTo(401);
		this.clock.advance(INTERVAL);
		assertThat(this.api.call(validToken(this.issuer))).isEqualTo(200);
		assertThat(this.issuer.fetches()).isEqualTo(4);
	}

	@Test
	void staleClientDoesNotUseUpAttempts() throws Exception {
		String stale = tokenSignedBy("stale", this.issuer);
		for (int second = 0; second < 25; second++) {
			assertThat(this.api.call(stale)).isEqualTo(401);
			this.clock.advance(Duration.ofSeconds(1));
		}
		assertThat(this.issuer.fetches()).isEqualTo(3);
		this.issuer.rotateKeys();
		assertThat(this.api.call(validToken(this.issuer))).isEqualTo(200);
	}

	@Test
	void hangingIssuerLeavesValidRequestsAlone() throws Exception {
		String valid = validToken(this.issuer);
		List<String> tokens = IntStream.range(0, 300)
			.mapToObj((number) -> tokenSignedBy("hanging-" + number, this.issuer))
			.toList();
		this.issuer.hang();
		long start = System.nanoTime();
		List<CompletableFuture<Integer>> unknown = tokens.stream().map(this.api::callAsync).toList();
		long slowest = 0;
		while (!unknown.stream().allMatch(CompletableFuture::isDone)) {
			long call = System.nanoTime();
			assertThat(this.api.call(valid)).isEqualTo(200);
			slowest = Math.max(slowest, System.nanoTime() - call);
		}
		// If all threads waited, a valid request would queue for two rounds of a second.
		assertThat(Duration.ofNanos(slowest)).isLessThan(Duration.ofMillis(1_500));
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
		assertThat(unknown).extracting(CompletableFuture::join).containsOnly(401);
		assertThat(this.issuer.fetches()).isEqualTo(1);
	}

	private void flood(String name, int tokens) throws Exception {
		List<CompletableFuture<Integer>> answers = new ArrayList<>();
		for (int i = 0; i < tokens; i++) {
			answers.add(this.api.callAsync(tokenSignedBy(name + "-" + i, this.issuer)));
			if (i % 50 == 0) {
				this.validAnswers.add(this.api.call(validToken(this.issuer)));
			}
		}
		assertThat(answers).extracting(CompletableFuture::join).containsOnly(401);
	}

}
