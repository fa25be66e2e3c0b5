package dev.authstarter.reactive.startup;

import java.util.Collection;
import java.util.List;
import java.util.Set;

import dev.authstarter.access.HandlerDescription;
import dev.authstarter.access.inventory.HandlerInventory.Placement;
import dev.authstarter.access.inventory.HandlerPlacements;
import org.jspecify.annotations.Nullable;

/**
 * Takes every handler for one of the library's own chain: which requests a chain of the
 * application takes on WebFlux, only requests tell.
 */
public final class OneChain implements HandlerPlacements {

	@Override
	public @Nullable String obstacle(Set<String> methods, Collection<String> patterns) {
		return null;
	}

	@Override
	public boolean mayBeOwn(HandlerDescription handler) {
		return true;
	}

	@Override
	public List<Placement> placements(HandlerDescription handler) {
		return List.of();
	}

}
