package dev.authstarter.test.attack;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ChallengeTests {

	@Test
	void readsParameters() {
		Challenge challenge = Challenge.parse("Bearer realm=\"api\", error=\"invalid_token\", scope=\"a b\"");
		assertThat(challenge).isNotNull();
		assertThat(challenge.parameters()).containsEntry("realm", "api").containsEntry("scope", "a b").hasSize(3);
		assertThat(challenge.error()).isEqualTo("invalid_token");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Bearer", "Bearer ", "Basic realm=\"api\"", "Bearer realm=api",
			"Bearer realm=\"a\"b\"", "Bearer realm=\"api\",", "Bearer realm=\"api\", ",
			"Bearer realm=\"a\", realm=\"b\"", "Bearer realm=\"\u00e9\"", "Bearer realm=\"a\\b\"",
			"Bearer realm=\"a\" error=\"b\"", "Bearer realm=\"a\", Basic realm=\"b\"" })
	void refusesWhatIsNotWellFormed(String header) {
		assertThat(Challenge.parse(header)).isNull();
	}

}
