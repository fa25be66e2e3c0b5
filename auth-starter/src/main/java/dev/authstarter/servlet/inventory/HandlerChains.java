package dev.authstarter.servlet.inventory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import dev.authstarter.access.HandlerDescription;
import dev.authstarter.access.inventory.HandlerInventory.Placement;
import dev.authstarter.access.inventory.HandlerPlacements;
import dev.authstarter.servlet.chain.SecurityChain;
import dev.authstarter.servlet.chain.SecurityChains;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which filter chains handle the requests for handlers, and whether these
 * chains read access tokens. Each pattern and each method may belong to another chain.
 */
public final class HandlerChains implements HandlerPlacements {

	/** The methods that are checked for a handler without a method. */
	private static final Set<String> METHODS = new TreeSet<>(
			Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"));

	private static final String NO_CHAIN = "no filter chain";

	private final SecurityChains chains;

	private final String prefix;

	private final Map<String, Boolean> known = new ConcurrentHashMap<>();

	/**
	 * Create a lookup.
	 * @param chains the filter chains in force
	 * @param prefix the path of Spring MVC's servlet, empty for none
	 */
	HandlerChains(SecurityChains chains, String prefix) {
		this.chains = chains;
		this.prefix = prefix;
	}

	@Override
	public boolean mayReadTokens(String method, String pattern) {
		return mayReadTokens(METHODS.contains(method) ? Set.of(method) : METHODS, Set.of(pattern));
	}

	/**
	 * Return whether an access token may be read from some requests for a handler: a
	 * chain that may read tokens handles them, or no chain does.
	 * @param methods names of HTTP methods, empty for all
	 * @param patterns the patterns of the handler
	 */
	boolean mayReadTokens(Set<String> methods, Collection<String> patterns) {
		return patterns.isEmpty() || patterns.stream()
			.anyMatch((pattern) -> orAll(methods).stream()
				.anyMatch((method) -> this.known.computeIfAbsent(method + " " + pattern,
						(key) -> mayReadTokens(this.chains.taking(method, pattern)))));
	}

	private static boolean mayReadTokens(List<SecurityChain> taking) {
		return taking.isEmpty() || !taking.stream().allMatch(SecurityChain::readsNoTokens);
	}

	@Override
	public @Nullable String obstacle(Set<String> methods, Collection<String> patterns) {
		if (this.chains.inForce().isEmpty()) {
			return null;
		}
		for (String pattern : patterns) {
			List<String> obstacles = new ArrayList<>();
			for (String method : orAll(methods)) {
				String obstacle = obstacle(this.chains.taking(method, pattern));
				if (obstacle != null) {
					obstacles.add(obstacle);
				}
			}
			// A handler without a method need not be reachable by each method.
			if (!obstacles.isEmpty() && (!methods.isEmpty() || obstacles.size() == METHODS.size())) {
				return "'%s' is taken by %s".formatted(pattern, obstacles.get(0));
			}
		}
		return null;
	}

	private static @Nullable String obstacle(List<SecurityChain> taking) {
		if (taking.isEmpty()) {
			return NO_CHAIN;
		}
		return mayReadTokens(taking) ? null
				: taking.stream()
					.map((chain) -> "'%s'".formatted(chain.name()))
					.collect(Collectors.joining(" or ", "the filter chain ", ", which reads no access tokens"));
	}

	@Override
	public boolean mayBeOwn(HandlerDescription handler) {
		return handler.patterns()
			.stream()
			.anyMatch((pattern) -> orAll(handler.methods()).stream()
				.anyMatch((method) -> this.chains.taking(method, pattern).stream().anyMatch(SecurityChain::isOwn)));
	}

	@Override
	public boolean admitAnonymous(String method, String pattern, boolean open) {
		return this.chains.taking(method, pattern)
			.stream()
			.allMatch((chain) -> (chain.isOwn() && open) || this.chains.admitAnonymous(chain, method, pattern));
	}

	@Override
	public String prefix() {
		return this.prefix;
	}

	@Override
	public List<Placement> placements(HandlerDescription handler) {
		if (this.chains.inForce().isEmpty()) {
			return List.of();
		}
		List<Placement> placements = new ArrayList<>();
		for (String pattern : handler.patterns()) {
			Map<SecurityChain, Boolean> open = new LinkedHashMap<>();
			for (String method : orAll(handler.methods())) {
				List<SecurityChain> taking = this.chains.taking(method, pattern);
				taking.forEach((chain) -> open.merge(chain, this.chains.admitAnonymous(chain, method, pattern),
						Boolean::logicalOr));
				if (taking.isEmpty()) {
					placements.add(new Placement(handler, pattern, NO_CHAIN, false, true));
				}
			}
			open.forEach((chain, anonymous) -> placements.add(new Placement(handler, pattern,
					"'%s'".formatted(chain.name()), !chain.readsNoTokens(), anonymous)));
		}
		return List.copyOf(new LinkedHashSet<>(placements));
	}

	private static Set<String> orAll(Set<String> methods) {
		return methods.isEmpty() ? METHODS : methods;
	}

}
