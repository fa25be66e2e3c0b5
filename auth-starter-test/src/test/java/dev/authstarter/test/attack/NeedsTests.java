package dev.authstarter.test.attack;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The sentences are those of the inventory's rules.
 */
class NeedsTests {

	@Test
	void readsEveryKindOfDemand() {
		Needs needs = Needs.parse("scope a or b and c; role editor; permission p; caller machine; organization");
		assertThat(needs.scopes()).containsExactly(List.of("a", "b"), List.of("c"));
		assertThat(needs.roles()).containsExactly(List.of("editor"));
		assertThat(needs.permissions()).containsExactly(List.of("p"));
		assertThat(needs.caller()).isEqualTo("machine");
		assertThat(needs.readable()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "public" })
	void readsNothing(String rule) {
		assertThat(Needs.parse(rule)).isEqualTo(new Needs(List.of(), List.of(), List.of(), null, true));
	}

	@Test
	void takesBothKindsOfCallersForNoDemand() {
		assertThat(Needs.parse("caller machine or user").caller()).isNull();
	}

	@Test
	void readsOrganizationThatMachinesMayGoWithout() {
		assertThat(Needs.parse("scope a; organization, or machine without").readable()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "hasAuthority('SCOPE_a')", "scope a; hasRole('b')" })
	void doesNotReadExpressions(String rule) {
		assertThat(Needs.parse(rule).readable()).isFalse();
	}

}
