package dev.authstarter.reactive.startup;

import java.util.Collection;
import java.util.List;
import java.util.Set;

import dev.authstarter.access.HandlerDescription;
import dev.authstarter.access.inventory.HandlerInventory.Placement;
import dev.authstarter.access.inventory.HandlerPlacements;
import org.jspecify.annotations.Nullable;

/**
 * Regards every handler as one in the library's own chain: on WebFlux, the requests that
 * a chain of the application matches are unknown until they are sent.
 */
final class OneChain implements HandlerPlacements {

	@Override
	public @Nullable String obstacle(Set<String> methods, Collection<String> patterns) {
		return null;
	}

	@Override
	public boolean mayBeOwn(HandlerDescription handler) {
		return true;
	}

	@Override
	public boolean mayReadTokens(String method, String pattern) {
		return true;
	}

	@Override
	public boolean admitAnonymous(String method, String pattern, boolean open) {
		return open;
	}

	/** Rules name paths within the application, without its base path. */
	@Override
	public String prefix() {
		return "";
	}

	@Override
	public List<Placement> placements(HandlerDescription handler) {
		return List.of();
	}

}
