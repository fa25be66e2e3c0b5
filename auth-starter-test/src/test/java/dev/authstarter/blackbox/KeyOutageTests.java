package dev.authstarter.blackbox;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.authstarter.test.issuer.TestIssuer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static dev.authstarter.blackbox.TestApi.AUDIENCE;
import static dev.authstarter.blackbox.TestApi.validToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(60)
@TestInstance(Lifecycle.PER_CLASS)
class KeyOutageTests {

	private static final Duration TIME_TO_LIVE = Duration.ofMinutes(5);

	private static final Duration TOLERANCE = Duration.ofHours(1);

	private static final Duration WINDOW = Duration.ofSeconds(30);

	private static final Duration FETCH_TIMEOUT = Duration.ofMillis(500);

	private final TestClock clock = new TestClock();

	private final TestIssuer issuer = TestIssuer.start("", this.clock);

	private final TestApi api = TestApi.trusting(this.issuer, this.clock,
			"--auth-starter.keys.fetch-timeout=" + FETCH_TIMEOUT.toMillis() + "ms");

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
	}

	@AfterAll
	void close() {
		this.api.close();
		this.issuer.close();
	}

	static Stream<Named<Consumer<TestIssuer>>> faults() {
		return Stream.of(Named.of("down", TestIssuer::down), Named.of("hang", TestIssuer::hang),
				Named.of("drip", TestIssuer::drip),
				Named.of("slow", (issuer) -> issuer.slow(FETCH_TIMEOUT.multipliedBy(2))),
				Named.of("status 500", (issuer) -> issuer.answer(500)),
				Named.of("status 429", (issuer) -> issuer.answerKeySet(429)),
				Named.of("status 201 with keys", (issuer) -> issuer.answerKeySet(201)),
				Named.of("status 404 with keys", (issuer) -> issuer.answerKeySet(404)),
				Named.of("status 204", (issuer) -> issuer.answer(204)),
				Named.of("garbage", TestIssuer::serveGarbageKeySet),
				Named.of("truncated", TestIssuer::serveTruncatedKeySet),
				Named.of("empty keys", TestIssuer::serveEmptyKeySet),
				Named.of("empty object", TestIssuer::serveEmptyObject), Named.of("page", TestIssuer::serveHtml),
				Named.of("empty body", (issuer) -> issuer.serveKeySet("")),
				Named.of("null", (issuer) -> issuer.serveKeySet("null")),
				Named.of("list", (issuer) -> issuer.serveKeySet("[]")),
				Named.of("keys that are no list", (issuer) -> issuer.serveKeySet("{\"keys\":{}}")),
				Named.of("nothing but malformed keys", (issuer) -> issuer.serveKeySet("{\"keys\":[{},1,null,[]]}")),
				Named.of("deep nesting", (issuer) -> issuer.serveKeySet("{\"keys\":" + "[".repeat(100_000))),
				Named.of("64 MB", (issuer) -> issuer.serveKeySetOfSize(64L << 20)),
				Named.of("more than the cap", (issuer) -> issuer.serveKeySetOfSize((256 << 10) + 1)),
				Named.of("redirect to same origin", TestIssuer::redirectKeySet));
	}

	@ParameterizedTest
	@MethodSource("faults")
	void failedFetchNeverReplacesGoodKeys(Consumer<TestIssuer> fault) throws Exception {
		String old = this.issuer.accessToken(AUDIENCE, Map.of("exp", this.clock.instant().getEpochSecond() + 86_400));
		this.issuer.rotateKeys();
		this.issuer.removeOldKeys();
		fault.accept(this.issuer);
		this.clock.advance(TIME_TO_LIVE);
		// The old key still serves: nothing of the faulty answer was taken over ...
		assertThat(this.api.call(old)).isEqualTo(200);
		assertThat(this.issuer.followedRedirects()).isZero();
		this.clock.advance(WINDOW);
		assertThat(this.api.call(old)).isEqualTo(200);
		// ... and the new one does as soon as the issuer is well again.
		this.issuer.recover();
		await().until(() -> {
			this.clock.advance(WINDOW);
			return this.api.call(validToken(this.issuer)) == 200;
		});
		assertThat(this.api.call(old)).isEqualTo(401);
	}

	@Test
	void doesNotFollowRedirectToOtherOrigin() throws Exception {
		try (TestIssuer trap = TestIssuer.start()) {
			this.issuer.redirectKeySet(trap.jwksUri());
			this.clock.advance(TIME_TO_LIVE);
			assertThat(this.api.call(validToken(this.issuer))).isEqualTo(200);
			assertThat(this.issuer.fetches()).isEqualTo(1);
			assertThat(trap.fetches()).isZero();
		}
	}

	@Test
	void acceptsKeySetUpToTheCap() throws Exception {
		this.issuer.rotateKeys();
		this.issuer.serveKeySetOfSize(256 << 10);
		assertThat(this.api.call(validToken(this.issuer))).isEqualTo(200);
	}

	@Test
	void servesLastGoodKeysUntilToleranceIsOver() throws Exception {
		this.issuer.down();
		for (Duration age = Duration.ZERO; age.compareTo(TOLERANCE) < 0; age = age.plusMinutes(5)) {
			assertThat(this.api.call(validToken(this.issuer))).as(age.toString()).isEqualTo(200);
			this.clock.advance(Duration.ofMinutes(5));
		}
		HttpResponse<String> unavailable = this.api.exchange(validToken(this.issuer));
		assertThat(unavailable.statusCode()).isEqualTo(503);
		assertThat(unavailable.headers().firstValue("Retry-After")).isPresent();
		assertThat(unavailable.headers().firstValue("WWW-Authenticate")).isEmpty();
		assertThat(unavailable.body()).contains("keys_unavailable").doesNotContain("localhost");
		this.issuer.recover();
		this.clock.advance(WINDOW);
		assertThat(this.api.call(validToken(this.issuer))).isEqualTo(200);
	}

	@Test
	void servesLastGoodKeysToTheLastMomentOfTolerance() throws Exception {
		this.issuer.down();
		this.clock.advance(TOLERANCE.minusMillis(1));
		assertThat(this.api.call(validToken(this.issuer))).isEqualTo(200);
		this.clock.advance(Duration.ofMillis(1));
		assertThat(this.api.call(validToken(this.issuer))).isEqualTo(503);
	}

	static Stream<Named<Consumer<TestIssuer>>> endlessAnswers() {
		return Stream.of(Named.of("hang", TestIssuer::hang), Named.of("drip", TestIssuer::drip),
				Named.of("slow", (issuer) -> issuer.slow(Duration.ofMinutes(1))));
	}

	@ParameterizedTest
	@MethodSource("endlessAnswers")
	void givesUpOnEndlessAnswerAndTriesAgain(Consumer<TestIssuer> fault) throws Exception {
		fault.accept(this.issuer);
		this.clock.advance(TIME_TO_LIVE);
		assertThat(this.api.call(validToken(this.issuer))).isEqualTo(200);
		// Only one fetch is under way at a time: the next one proves that this one ended.
		await().atMost(FETCH_TIMEOUT.multipliedBy(8)).until(() -> {
			this.clock.advance(WINDOW);
			return this.api.call(validToken(this.issuer)) == 200
					&& this.issuer.fetches() + this.issuer.metadataFetches() > 1;
		});
	}

	@Test
	void paysForOutageOnce() throws Exception {
		this.issuer.hang();
		this.clock.advance(TIME_TO_LIVE);
		assertThat(this.api.call(validToken(this.issuer))).isEqualTo(200);
		this.clock.advance(WINDOW);
		long start = System.nanoTime();
		assertThat(this.api.call(validToken(this.issuer))).isEqualTo(200);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(FETCH_TIMEOUT);
	}

	@Test
	void slowIssuerWithinDeadlineIsNoOutage() throws Exception {
		this.issuer.rotateKeys();
		this.issuer.slow(Duration.ofMillis(200));
		assertThat(this.api.call(validToken(this.issuer))).isEqualTo(200);
	}

}
