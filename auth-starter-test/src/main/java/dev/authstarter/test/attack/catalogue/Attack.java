package dev.authstarter.test.attack.catalogue;

import java.util.Set;
import java.util.function.Function;

import dev.authstarter.Reason;
import org.jspecify.annotations.Nullable;

/**
 * An attack that must be refused.
 *
 * @param family the check that it tests
 * @param name its name in exclusions and reports
 * @param documentation one sentence
 * @param expected the reasons for which it may be refused; a refusal for any other reason
 * means that the request passed a check that should have stopped it. Empty if the
 * application refuses for a reason of its own: then any answer but a success is accepted.
 * @param leftOut returns why it does not apply to an endpoint, or {@code null}
 * @param byServer whether the server in front of the application may refuse it with an
 * answer of its own
 * @param request makes the request
 */
public record Attack(Family family, String name, String documentation, Set<Reason> expected,
		Function<Aim, @Nullable String> leftOut, boolean byServer, Function<Aim, AttackRequest> request) {

	static Attack of(Family family, String name, String documentation, Set<Reason> expected,
			Function<Aim, AttackRequest> request) {
		return new Attack(family, name, documentation, expected, (aim) -> null, false, request);
	}

	static Attack of(Family family, String name, String documentation, Reason expected,
			Function<Aim, AttackRequest> request) {
		return of(family, name, documentation, Set.of(expected), request);
	}

	public boolean refusedInAnyWords() {
		return this.expected.isEmpty();
	}

	/** Leave the attack out if this function returns a reason. */
	Attack unless(Function<Aim, @Nullable String> leftOut) {
		return new Attack(this.family, this.name, this.documentation, this.expected, (aim) -> {
			String before = this.leftOut.apply(aim);
			return (before != null) ? before : leftOut.apply(aim);
		}, this.byServer, this.request);
	}

	/** Declare that the attack has no bearer token. */
	Attack anonymous() {
		return unless((aim) -> aim.endpoint().open() ? "open without a token" : null);
	}

	Attack orByServer() {
		return new Attack(this.family, this.name, this.documentation, this.expected, this.leftOut, true, this.request);
	}

	@Override
	public String toString() {
		return name();
	}

}
