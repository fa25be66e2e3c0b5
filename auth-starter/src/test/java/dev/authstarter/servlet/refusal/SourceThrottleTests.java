package dev.authstarter.servlet.refusal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import dev.authstarter.event.FailureLog;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When a source of bad tokens is told to stop, to the millisecond.
 */
class SourceThrottleTests {

	private static final Refusal BAD = Refusal.of(Reason.BAD_SIGNATURE);

	private static final Duration WINDOW = Duration.ofMinutes(1);

	private final TestClock clock = new TestClock(TestApi.NOW);

	private final SourceThrottle throttle = new SourceThrottle(3, WINDOW, this.clock);

	@Test
	void tellsToStopAfterTheLimit() {
		for (int i = 0; i < 3; i++) {
			assertThat(refuse("203.0.113.1")).isNull();
		}
		assertThat(refuse("203.0.113.1")).isEqualTo(WINDOW);
	}

	@Test
	void knowsOneSourceFromAnother() {
		flood("203.0.113.1");
		assertThat(refuse("203.0.113.1")).isNotNull();
		assertThat(refuse("203.0.113.2")).isNull();
	}

	@Test
	void forgetsAtTheEndOfTheWindowExactly() {
		refuse("203.0.113.1");
		this.clock.advance(Duration.ofSeconds(20));
		flood("203.0.113.1");
		this.clock.advance(Duration.ofSeconds(40).minusMillis(1));
		assertThat(refuse("203.0.113.1")).isEqualTo(Duration.ofMillis(1));
		this.clock.advance(Duration.ofMillis(1));
		for (int i = 0; i < 3; i++) {
			assertThat(refuse("203.0.113.1")).isNull();
		}
		assertThat(refuse("203.0.113.1")).isEqualTo(WINDOW);
	}

	@Test
	void doesNotProlongTheWindowForThoseWhoGoOn() {
		for (int second = 0; second < 60; second++) {
			flood("203.0.113.1");
			assertThat(refuse("203.0.113.1")).isEqualTo(Duration.ofSeconds(60 - second));
			this.clock.advance(Duration.ofSeconds(1));
		}
		assertThat(refuse("203.0.113.1")).isNull();
	}

	@Test
	void letsNobodyWaitLongerThanAWindowWhereTheClockIsSetBack() {
		flood("203.0.113.1");
		this.clock.advance(Duration.ofHours(-1));
		assertThat(refuse("203.0.113.1")).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "2001:db8:0:1::1, 2001:db8:0:1:ffff:ffff:ffff:ffff", "2001:db8:0:1::1, 2001:DB8:0:1:0:0:0:2",
			"::ffff:203.0.113.1, 203.0.113.1", "fe80::1%eth0, fe80::2", "[2001:db8::1], 2001:db8::2",
			"[fe80::1%2], fe80::2", "::1, 0:0:0:0:0:0:0:1" })
	void countsAddressesOfOneNetworkTogether(String one, String other) {
		assertThat(SourceThrottle.source(one)).isEqualTo(SourceThrottle.source(other));
	}

	@ParameterizedTest
	@CsvSource({ "2001:db8:0:1::1, 2001:db8:0:2::1", "203.0.113.1, 203.0.113.2", "::1, 127.0.0.1",
			"::ffff:203.0.113.1, ::ffff:203.0.113.2" })
	void countsAddressesOfTwoNetworksApart(String one, String other) {
		assertThat(SourceThrottle.source(one)).isNotEqualTo(SourceThrottle.source(other));
	}

	/** What a trusted proxy passes on may be anything; a name would be looked up. */
	@ParameterizedTest
	@CsvSource({ "localhost", "dead.beef", "unknown", "1:2:3", ":", "_hidden", "203.0.113.1:4711", "''" })
	void takesWhatIsNoAddressAsItIs(String address) {
		assertThat(SourceThrottle.source(address)).isEqualTo(address);
	}

	@Test
	void keepsOnlyTheStartOfWhatIsNoAddress() {
		assertThat(SourceThrottle.source("a".repeat(8_000))).hasSizeLessThan(50);
		assertThat(SourceThrottle.source(null)).isEmpty();
	}

	@Test
	void remembersBoundedNumberOfSources() {
		for (int i = 0; i < 1_000_000; i++) {
			refuse(stranger(i));
		}
		assertThat(this.throttle.sources()).isBetween(1L, (long) SourceThrottle.MAXIMUM_SOURCES);
	}

	@Test
	void remembersWhoSendsMostInFloodOfManySources() {
		for (int i = 0; i < 100_000; i++) {
			refuse(stranger(i));
			if (i % 10 == 0) {
				refuse("203.0.113.1");
			}
		}
		assertThat(refuse("203.0.113.1")).isNotNull();
	}

	@Test
	void forgetsSourcesThatSendNothing() {
		refuse("203.0.113.1");
		assertThat(this.throttle.sources()).isEqualTo(1);
		this.clock.advance(WINDOW);
		assertThat(this.throttle.sources()).isZero();
	}

	@Test
	void countsEveryRefusalOfManyAtOnce() throws Exception {
		SourceThrottle throttle = new SourceThrottle(500, WINDOW, this.clock);
		ExecutorService threads = Executors.newFixedThreadPool(8);
		try {
			List<Callable<Boolean>> requests = Collections.nCopies(2_000,
					() -> throttle.pause(BAD, from("203.0.113.1")) == null);
			List<Boolean> answered = new ArrayList<>();
			for (Future<Boolean> request : threads.invokeAll(requests)) {
				answered.add(request.get());
			}
			assertThat(answered).filteredOn((told) -> told).hasSize(500);
		}
		finally {
			threads.shutdownNow();
		}
	}

	@ParameterizedTest
	@EnumSource
	void judgesOnlyTokensThatNeverWereGood(Reason reason) {
		BadTokens badTokens = new BadTokens((refusal, request) -> WINDOW, new FailureLog(BadTokens.class, this.clock));
		boolean bad = reason.status() == 401 && !List
			.of(Reason.MISSING_TOKEN, Reason.TOKEN_EXPIRED, Reason.TOKEN_NOT_YET_VALID, Reason.REFUSED_BY_RULE)
			.contains(reason);
		assertThat(badTokens.pause(Refusal.of(reason), from("203.0.113.1"))).isEqualTo(bad ? WINDOW : null);
	}

	@Test
	void answersAsEverWhereAThrottleFails() {
		BadTokens badTokens = new BadTokens((refusal, request) -> {
			throw new IllegalStateException("on purpose");
		}, new FailureLog(BadTokens.class, this.clock));
		assertThat(badTokens.pause(BAD, from("203.0.113.1"))).isNull();
	}

	private static String stranger(int number) {
		return "10." + (number >> 16) + "." + ((number >> 8) & 255) + "." + (number & 255);
	}

	private void flood(String address) {
		for (int i = 0; i < 10; i++) {
			refuse(address);
		}
	}

	private @Nullable Duration refuse(String address) {
		return this.throttle.pause(BAD, from(address));
	}

	private static MockHttpServletRequest from(String address) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setRemoteAddr(address);
		return request;
	}

}
