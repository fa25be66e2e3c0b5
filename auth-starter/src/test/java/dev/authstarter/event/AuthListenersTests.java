package dev.authstarter.event;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.authstarter.TrustedIssuer;
import dev.authstarter.fixture.RecordingListener;
import dev.authstarter.fixture.TestClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OutputCaptureExtension.class)
class AuthListenersTests {

	private static final TrustedIssuer STAFF = new TrustedIssuer("staff", "https://staff.example/", Set.of("one"), null,
			List.of("RS256"), List.of());

	private static final KeysDegraded DEGRADED = new KeysDegraded("staff", "IOException");

	private final RecordingListener recorded = new RecordingListener();

	private final TestClock clock = new TestClock(Instant.parse("2026-11-21T12:00:00Z"));

	@Test
	void doesNothingWithoutListeners() {
		new AuthListeners(List::of, this.clock).tokenAccepted(STAFF);
	}

	/** A checked exception is what Kotlin throws without saying so. */
	static Stream<Throwable> failures() {
		return Stream.of(new IllegalStateException("on purpose"), new IOException("on purpose"),
				new NoClassDefFoundError("on purpose"), new StackOverflowError("on purpose"),
				new AssertionError("on purpose"));
	}

	@ParameterizedTest
	@MethodSource("failures")
	void failingListenerChangesNothingForTheOthers(Throwable failure, CapturedOutput output) {
		AuthListeners listeners = new AuthListeners(() -> List.of(new Failing(failure), this.recorded), this.clock);
		listeners.tokenAccepted(STAFF);
		listeners.keysDegraded(DEGRADED);
		assertThat(this.recorded.words()).containsExactly("accepted staff", "degraded staff IOException");
		assertThat(output).contains("The listener dev.authstarter.event.AuthListenersTests$Failing fails",
				"on purpose");
	}

	@Test
	void leavesAMachineOutOfMemoryToItsOperator() {
		AuthListeners listeners = new AuthListeners(() -> List.of(new Failing(new OutOfMemoryError("on purpose"))),
				this.clock);
		assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> listeners.keysDegraded(DEGRADED));
	}

	@Test
	void writesOneStackTraceAndThenALineAMinute(CapturedOutput output) {
		AuthListeners listeners = new AuthListeners(
				() -> List.of(new Failing(new IllegalStateException("on purpose")), this.recorded), this.clock);
		for (int minute = 0; minute < 3; minute++) {
			for (int i = 0; i < 100; i++) {
				listeners.tokenAccepted(STAFF);
				listeners.keysDegraded(DEGRADED);
			}
			this.clock.advance(Duration.ofMinutes(1));
		}
		assertThat(output.getOut().lines().filter((line) -> line.contains("fails"))).hasSize(3)
			.last()
			.asString()
			.contains("(200 more since the last line, now java.lang.IllegalStateException)");
		assertThat(output.getOut().lines().filter((line) -> line.contains("on purpose"))).hasSize(1);
		assertThat(this.recorded.words()).hasSize(600);
	}

	@Test
	void writesOneStackTraceForEachListener(CapturedOutput output) {
		AuthListener other = new AuthListener() {

			@Override
			public void tokenAccepted(TrustedIssuer issuer) {
				throw new IllegalStateException("of another");
			}

		};
		AuthListeners listeners = new AuthListeners(
				() -> List.of(new Failing(new IllegalStateException("on purpose")), other), this.clock);
		listeners.tokenAccepted(STAFF);
		listeners.tokenAccepted(STAFF);
		assertThat(output).containsOnlyOnce("on purpose").containsOnlyOnce("of another");
	}

	@Test
	void writesAgainWhereTheClockIsSetBack(CapturedOutput output) {
		AuthListeners listeners = new AuthListeners(() -> List.of(new Failing(new IllegalStateException("on purpose"))),
				this.clock);
		listeners.tokenAccepted(STAFF);
		this.clock.advance(Duration.ofDays(-1));
		listeners.tokenAccepted(STAFF);
		assertThat(output).contains("(1 more since");
	}

	/**
	 * Throws an exception for every event.
	 */
	private static final class Failing implements AuthListener {

		private final Throwable failure;

		Failing(Throwable failure) {
			this.failure = failure;
		}

		@Override
		public void tokenAccepted(TrustedIssuer issuer) {
			fail(this.failure);
		}

		@Override
		public void keysDegraded(KeysDegraded degraded) {
			fail(this.failure);
		}

		@SuppressWarnings("unchecked")
		private static <T extends Throwable> void fail(Throwable failure) throws T {
			throw (T) failure;
		}

	}

}
