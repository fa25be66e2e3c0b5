package dev.authstarter.claims;

import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class NamesTests {

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 8, 9, 63, 64, 65, 200 })
	void keepsEveryNameOnce(int size) {
		Names names = new Names();
		Set<String> expected = new HashSet<>();
		for (int i = 0; i < size; i++) {
			names.add("name-" + i);
			names.add("name-" + (i / 2));
			expected.add("name-" + i);
		}
		assertThat(names.toSet()).isEqualTo(expected);
	}

	@Test
	void distinguishesNamesWhoseHashesCollide() {
		Names names = new Names();
		for (String name : new String[] { "Aa", "BB", "Aa", "BB", "AaAa", "BBBB", "AaBB", "BBAa", "AaAa" }) {
			names.add(name);
		}
		assertThat(names.toSet()).containsExactlyInAnyOrder("Aa", "BB", "AaAa", "BBBB", "AaBB", "BBAa");
	}

	@Test
	void makesRoomForWhatIsExpected() {
		Names names = new Names();
		names.add("a");
		names.expect(3);
		Names others = new Names();
		others.add("a");
		others.add("b");
		names.addAll(others);
		assertThat(names.toSet()).containsExactlyInAnyOrder("a", "b");
	}

	@Test
	void cannotBeChangedAfterwards() {
		Names names = new Names();
		for (int i = 0; i < 8; i++) {
			names.add("name-" + i);
		}
		Set<String> set = names.toSet();
		names.add("later");
		assertThat(set).hasSize(8).doesNotContain("later");
	}

}
