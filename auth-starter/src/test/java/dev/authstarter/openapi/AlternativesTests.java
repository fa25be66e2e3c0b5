package dev.authstarter.openapi;

import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AlternativesTests {

	@Test
	void needsNothingWhereNothingIsDemanded() {
		assertThat(Alternatives.of(List.of())).containsExactly(List.of());
	}

	@Test
	void takesOneNameOfEachChoice() {
		assertThat(Alternatives.of(List.of(List.of("a"), List.of("b", "c")))).containsExactly(List.of("a", "b"),
				List.of("a", "c"));
	}

	@Test
	void namesNothingTwice() {
		assertThat(Alternatives.of(List.of(List.of("a"), List.of("a"), List.of("a", "b"))))
			.containsExactly(List.of("a"));
	}

	@Test
	void leavesOutWhatContainsAnother() {
		assertThat(Alternatives.of(List.of(List.of("a", "b"), List.of("a", "c")))).containsExactly(List.of("a"),
				List.of("b", "c"));
	}

	@Test
	void namesOnlyWhatEveryCallerNeedsWhereThereAreTooMany() {
		List<List<String>> choices = new java.util.ArrayList<>(Collections.nCopies(1, List.of("always")));
		for (int i = 0; i < 6; i++) {
			choices.add(List.of("a" + i, "b" + i));
		}
		assertThat(Alternatives.of(choices)).containsExactly(List.of("always"));
		assertThat(Alternatives.of(choices.subList(0, 6))).hasSize(32);
	}

}
