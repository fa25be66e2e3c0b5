package dev.authstarter.keys;

import java.time.Duration;
import java.time.Instant;

import dev.authstarter.fixture.TestClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class FetchAllowanceTests {

	private static final Duration MILLISECOND = Duration.ofMillis(1);

	private final TestClock clock = new TestClock(Instant.parse("2026-03-01T10:00:00Z"));

	private final FetchAllowance allowance = new FetchAllowance(this.clock);

	@Test
	void allowsThreeAtOnceAndOneForEachInterval() {
		assertThat(taken()).isEqualTo(3);
		this.clock.advance(FetchAllowance.INTERVAL.minus(MILLISECOND));
		assertThat(taken()).isZero();
		this.clock.advance(MILLISECOND);
		assertThat(taken()).isEqualTo(1);
	}

	@ParameterizedTest
	@CsvSource({ "9, 0", "10, 1", "25, 2", "30, 3", "3000, 3" })
	void neverAllowsMoreThanThreeAtOnce(int seconds, int expected) {
		taken();
		this.clock.advance(Duration.ofSeconds(seconds));
		assertThat(taken()).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "-1", "-60", "-3600" })
	void waitsOneIntervalAtMostWhereTheClockIsSetBack(int seconds) {
		taken();
		this.clock.advance(Duration.ofSeconds(seconds));
		taken();
		this.clock.advance(FetchAllowance.INTERVAL.plusSeconds(1));
		assertThat(taken()).isPositive();
	}

	private int taken() {
		int taken = 0;
		while (this.allowance.take()) {
			taken++;
		}
		return taken;
	}

}
