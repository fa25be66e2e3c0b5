package dev.authstarter.test.attack;

import java.util.Collections;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.authstarter.Reason;
import dev.authstarter.attacked.BrokenApplications;
import dev.authstarter.attacked.NoteController;
import dev.authstarter.attacked.Outcome;
import dev.authstarter.test.attack.catalogue.Attack;
import dev.authstarter.test.attack.catalogue.Catalogue;
import dev.authstarter.test.attack.catalogue.Family;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * If a check is switched off, exactly the attacks on that check succeed, and the failure
 * names it.
 */
class BrokenApplicationTests {

	@AfterEach
	void close() {
		BrokenApplications.open(Set.of());
	}

	@Test
	void everyAttackIsRefusedAndNoHandlerCalled() {
		NoteController.CALLS.set(0);
		Outcome outcome = Outcome.ofAttacks();
		assertThat(outcome.failures()).isEmpty();
		assertThat(outcome.passed()).hasSizeGreaterThan(60 * 8).containsAll(names((attack) -> true));
		assertThat(NoteController.CALLS).hasValue(0);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void findsTheHole(Family family, Set<Reason> unchecked) {
		BrokenApplications.open(unchecked);
		Outcome outcome = Outcome.ofAttacks();
		assertThat(outcome.failed()).isNotEmpty()
			.containsAll(names((attack) -> !attack.refusedInAnyWords() && unchecked.containsAll(attack.expected())))
			.isSubsetOf(names((attack) -> !Collections.disjoint(unchecked, attack.expected())));
		assertThat(outcome.messages()).contains(family.hole());
	}

	static Stream<Arguments> findsTheHole() {
		return Stream.of(Arguments.of(Family.SIGNATURE, Set.of(Reason.BAD_SIGNATURE, Reason.UNKNOWN_KEY)),
				Arguments.of(Family.ALGORITHM, Set.of(Reason.ALGORITHM_NOT_ALLOWED)),
				Arguments.of(Family.KEY, Set.of(Reason.CRITICAL_HEADER)),
				Arguments.of(Family.TIME, Set.of(Reason.TOKEN_EXPIRED, Reason.MISSING_EXPIRY)),
				Arguments.of(Family.ISSUER, Set.of(Reason.WRONG_ISSUER)),
				Arguments.of(Family.AUDIENCE, Set.of(Reason.WRONG_AUDIENCE)),
				Arguments.of(Family.KIND,
						Set.of(Reason.WRONG_TYPE, Reason.ID_TOKEN, Reason.REFRESH_TOKEN, Reason.LOGOUT_TOKEN,
								Reason.SECURITY_EVENT_TOKEN, Reason.NOT_AN_ACCESS_TOKEN)),
				Arguments.of(Family.CLAIMS, Set.of(Reason.UNPROVEN_POSSESSION)),
				Arguments.of(Family.ORGANIZATION, Set.of(Reason.ORGANIZATION_MISMATCH, Reason.ORGANIZATION_MISSING)),
				Arguments.of(Family.CALLER, Set.of(Reason.WRONG_CALLER, Reason.WRONG_ACTOR)),
				Arguments.of(Family.SCOPE, Set.of(Reason.INSUFFICIENT_SCOPE)),
				Arguments.of(Family.ROLE, Set.of(Reason.INSUFFICIENT_ROLE)),
				Arguments.of(Family.PERMISSION, Set.of(Reason.INSUFFICIENT_PERMISSION)));
	}

	@Test
	void findsApplicationThatBelievesRequests() {
		BrokenApplications.believeRequests();
		Outcome outcome = Outcome.ofAttacks();
		assertThat(outcome.failed())
			.containsExactlyInAnyOrderElementsOf(names((attack) -> attack.family() == Family.ARGUMENT));
		assertThat(outcome.messages()).contains(Family.ARGUMENT.hole());
	}

	/** But for the only attack that this application leaves out everywhere. */
	private static Set<String> names(Predicate<Attack> condition) {
		return Catalogue.all()
			.stream()
			.filter(condition)
			.map(Attack::name)
			.filter((name) -> !name.equals("exp-far-future"))
			.collect(Collectors.toSet());
	}

}
