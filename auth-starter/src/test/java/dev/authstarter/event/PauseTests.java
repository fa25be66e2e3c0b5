package dev.authstarter.event;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;

import dev.authstarter.fixture.TestClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PauseTests {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private static final Duration MILLISECOND = Duration.ofMillis(1);

	private final TestClock clock = new TestClock(Instant.parse("2026-03-01T10:00:00Z"));

	private final Pause pause = new Pause(MINUTE, this.clock);

	@Test
	void hasNotBegunAtFirst() {
		assertThat(this.pause.lasts()).isFalse();
	}

	@Test
	void lastsUntilItsEnd() {
		this.pause.begin();
		this.clock.advance(MINUTE.minus(MILLISECOND));
		assertThat(this.pause.lasts()).isTrue();
		this.clock.advance(MILLISECOND);
		assertThat(this.pause.lasts()).isFalse();
	}

	@Test
	void beginsAnew() {
		this.pause.begin();
		this.clock.advance(Duration.ofSeconds(30));
		this.pause.begin();
		this.clock.advance(Duration.ofSeconds(59));
		assertThat(this.pause.lasts()).isTrue();
	}

	@Test
	void becomesLongerAndNeverShorter() {
		this.pause.begin(Duration.ofSeconds(20));
		this.pause.begin(Duration.ofSeconds(40));
		this.pause.begin(Duration.ofSeconds(10));
		this.clock.advance(Duration.ofSeconds(39));
		assertThat(this.pause.lasts()).isTrue();
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(this.pause.lasts()).isFalse();
	}

	@Test
	void beginsOnceForAllThatTryAtTheSameTime() {
		assertThat(IntStream.range(0, 1_000).parallel().filter((call) -> this.pause.tryBegin()).count()).isEqualTo(1);
		this.clock.advance(MINUTE);
		assertThat(this.pause.tryBegin()).isTrue();
		assertThat(this.pause.tryBegin()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3_600, 86_400 })
	void isOverWhereTheClockIsSetBack(int seconds) {
		this.pause.begin();
		this.clock.advance(Duration.ofSeconds(-seconds));
		assertThat(this.pause.lasts()).isFalse();
		this.pause.begin(Duration.ofSeconds(5));
		assertThat(this.pause.lasts()).isTrue();
		this.clock.advance(Duration.ofSeconds(5));
		assertThat(this.pause.lasts()).isFalse();
	}

	@Test
	void lastsWhereTheClockIsSetBackByLessThanIsMissingToTheLongest() {
		this.pause.begin(Duration.ofSeconds(5));
		this.clock.advance(Duration.ofSeconds(-55));
		assertThat(this.pause.lasts()).isTrue();
	}

}
