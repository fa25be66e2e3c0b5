package dev.authstarter.test.attack.endpoint;

import java.util.EnumSet;
import java.util.List;

import dev.authstarter.CallerType;
import dev.authstarter.RequiresCaller.Delegation;
import dev.authstarter.access.HandlerDescription.Demands;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class NeedsTests {

	private static final Demands SCOPE = new Demands(List.of(List.of("a")), List.of(), List.of(),
			EnumSet.allOf(CallerType.class));

	@Test
	void readsEveryKindOfDemand() {
		Needs needs = Needs.of(Handlers.of("scope a or b and c; role editor; permission p; caller machine",
				new Demands(List.of(List.of("a", "b"), List.of("c")), List.of(List.of("editor")), List.of(List.of("p")),
						EnumSet.of(CallerType.MACHINE))));
		assertThat(needs.scopes()).containsExactly(List.of("a", "b"), List.of("c"));
		assertThat(needs.roles()).containsExactly(List.of("editor"));
		assertThat(needs.permissions()).containsExactly(List.of("p"));
		assertThat(needs.caller()).isEqualTo("machine");
		assertThat(needs.readable()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "public", "organization", "organization, or machine without", "caller machine or user",
			"caller machine or user; organization" })
	void readsNothing(String rule) {
		assertThat(Needs.of(Handlers.of(rule, Handlers.NOTHING)))
			.isEqualTo(new Needs(List.of(), List.of(), List.of(), null, Delegation.ALLOWED, null, true));
	}

	@Test
	void readsOrganizationBesideOtherDemands() {
		assertThat(Needs.of(Handlers.of("scope a; organization, or machine without", SCOPE)).readable()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "hasAuthority('SCOPE_a')", "authenticated" })
	void doesNotReadExpressions(String rule) {
		assertThat(Needs.of(Handlers.of(rule, Handlers.NOTHING)).readable()).isFalse();
	}

	@Test
	void doesNotReadExpressionBesideDemands() {
		assertThat(Needs.of(Handlers.of("scope a; hasRole('b')", SCOPE)).readable()).isFalse();
	}

}
