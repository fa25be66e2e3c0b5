package dev.authstarter.test.attack.endpoint;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import dev.authstarter.CallerType;
import dev.authstarter.access.HandlerDescription;
import dev.authstarter.access.HandlerDescription.Demands;
import dev.authstarter.access.HandlerDescription.Kind;

/**
 * Handlers as an inventory lists them.
 */
public final class Handlers {

	public static final Demands NOTHING = new Demands(List.of(), List.of(), List.of(), EnumSet.allOf(CallerType.class));

	private Handlers() {
	}

	public static HandlerDescription of(String rule, Demands demands) {
		return new HandlerDescription(Kind.CONTROLLER, Set.of("GET"), Set.of("/me"), "Me#me", rule, rule.isEmpty(),
				false, rule.equals("public"), true, demands);
	}

}
