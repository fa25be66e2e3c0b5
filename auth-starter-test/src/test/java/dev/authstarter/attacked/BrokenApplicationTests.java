package dev.authstarter.attacked;

import java.util.Set;
import java.util.stream.Stream;

import dev.authstarter.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The attacks find what they look for: each check that is switched off makes exactly the
 * attacks succeed that it is there for, and the failure names the hole.
 */
class BrokenApplicationTests {

	@AfterEach
	void close() {
		Holes.open(Set.of());
	}

	@Test
	void everyAttackIsRefusedAndNoHandlerCalled() {
		NoteController.CALLS.set(0);
		Outcome outcome = Outcome.of(AttackSuite.class);
		assertThat(outcome.failures()).isEmpty();
		assertThat(outcome.passed()).hasSizeGreaterThan(800);
		assertThat(NoteController.CALLS).hasValue(0);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void findsTheHole(String hole, Set<Reason> unchecked, Set<String> attacks) {
		Holes.open(unchecked);
		Outcome outcome = Outcome.of(AttackSuite.class);
		assertThat(outcome.failed()).isEqualTo(attacks);
		assertThat(outcome.messages()).contains(hole);
	}

	static Stream<Arguments> findsTheHole() {
		return Stream.of(
				Arguments.of("the audience of a token is not checked", Set.of(Reason.WRONG_AUDIENCE),
						Set.of("other-audience", "audience-missing", "audience-null", "audience-empty",
								"audience-empty-list", "audience-list", "audience-prefix", "audience-suffix",
								"audience-case", "audience-joined", "audience-nested", "audience-object")));
	}

}
