package dev.authstarter.jose;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NumericDateTests {

	private static final long LATEST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

	@Test
	void isASecondOfAYearOfFourDigits() {
		assertThat(NumericDate.matches(0)).isTrue();
		assertThat(NumericDate.matches(1.5e9)).isTrue();
		assertThat(NumericDate.matches(LATEST)).isTrue();
		assertThat(NumericDate.matches(LATEST + 1)).isFalse();
		assertThat(NumericDate.matches(-LATEST - 1)).isFalse();
		assertThat(NumericDate.matches(Double.NaN)).isFalse();
		assertThat(NumericDate.matches("1500000000")).isFalse();
		assertThat(NumericDate.matches(null)).isFalse();
	}

	@Test
	void losesFractionsAndWhatNoYearHolds() {
		assertThat(NumericDate.toInstant(1.9)).isEqualTo(Instant.ofEpochSecond(1));
		assertThat(NumericDate.toInstant(LATEST)).isEqualTo("9999-12-31T23:59:59Z");
		assertThat(NumericDate.toInstant(Long.MAX_VALUE)).isEqualTo("9999-12-31T23:59:59Z");
		assertThat(NumericDate.toInstant(Long.MIN_VALUE)).isEqualTo(Instant.ofEpochSecond(-LATEST));
	}

}
