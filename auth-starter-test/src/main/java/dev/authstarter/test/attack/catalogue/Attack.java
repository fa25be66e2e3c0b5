package dev.authstarter.test.attack.catalogue;

import java.util.Set;
import java.util.function.Function;

import dev.authstarter.Reason;
import org.jspecify.annotations.Nullable;

/**
 * One way to get in that must fail.
 *
 * @param family what it tries
 * @param name how it is excluded and reported
 * @param documentation one sentence
 * @param expected the reasons for which it may be refused; any other refusal means that
 * it got further than it should. Empty where the application refuses in its own words, so
 * that anything but a success will do.
 * @param leftOut says why it makes no sense against an endpoint, or {@code null}
 * @param byServer whether the server in front of the application may refuse it in its own
 * way
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

	/** Leave it out where this gives a reason. */
	Attack unless(Function<Aim, @Nullable String> leftOut) {
		return new Attack(this.family, this.name, this.documentation, this.expected, (aim) -> {
			String before = this.leftOut.apply(aim);
			return (before != null) ? before : leftOut.apply(aim);
		}, this.byServer, this.request);
	}

	/** It carries no bearer token. */
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
