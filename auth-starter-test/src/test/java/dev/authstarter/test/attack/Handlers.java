package dev.authstarter.test.attack;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import dev.authstarter.Caller;
import dev.authstarter.access.Handler;
import dev.authstarter.access.Handler.Demands;
import dev.authstarter.access.Handler.Kind;

/**
 * Handlers as an inventory lists them.
 */
final class Handlers {

	static final Demands NOTHING = new Demands(List.of(), List.of(), List.of(), EnumSet.allOf(Caller.class));

	private Handlers() {
	}

	static Handler of(String rule, Demands demands) {
		return new Handler(Kind.CONTROLLER, Set.of("GET"), Set.of("/me"), "Me#me", rule, rule.isEmpty(), false,
				rule.equals("public"), true, demands);
	}

}
