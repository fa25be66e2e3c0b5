package dev.authstarter.operations.startup;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import dev.authstarter.access.HandlerDescription;
import dev.authstarter.access.PublicPath;
import dev.authstarter.access.PublicPaths;
import dev.authstarter.access.inventory.HandlerInventory;
import dev.authstarter.access.inventory.HandlerInventory.Placement;
import dev.authstarter.servlet.chain.SecurityChain;
import dev.authstarter.servlet.chain.SecurityChains;
import org.jspecify.annotations.Nullable;

/**
 * Reports the filter chains in force, the handlers that are in chains without access
 * tokens or can be reached without one, and the settings that have no effect because of a
 * chain of the application.
 */
public final class ChainReport {

	private final SecurityChains chains;

	private final @Nullable HandlerInventory inventory;

	private final PublicPaths publicPaths;

	private final Supplier<@Nullable String> health;

	/**
	 * Create the report.
	 * @param inventory the handlers, or {@code null} outside of Spring MVC
	 * @param publicPaths the paths that the configuration makes public
	 * @param health supplies the path of the health endpoint, or {@code null} if it is
	 * not on the application's port
	 */
	public ChainReport(SecurityChains chains, @Nullable HandlerInventory inventory, PublicPaths publicPaths,
			Supplier<@Nullable String> health) {
		this.chains = chains;
		this.inventory = inventory;
		this.publicPaths = publicPaths;
		this.health = health;
	}

	/** Return the facts, one per line. */
	List<String> lines() {
		List<String> lines = new ArrayList<>();
		this.chains.inForce().forEach((chain) -> lines.add("filter chain: " + chain));
		for (Placement placement : placements()) {
			if (!placement.readsTokens()) {
				lines.add("not for tokens, in %s: %s".formatted(placement.chain(), text(placement)));
			}
		}
		return lines;
	}

	/** Return the warnings, one per line. */
	List<String> warnings() {
		List<String> warnings = new ArrayList<>();
		if (this.chains.inForce().isEmpty()) {
			return warnings;
		}
		if (this.chains.inForce().stream().allMatch(SecurityChain::readsNoTokens)) {
			warnings.add("No filter chain reads access tokens, so this API accepts none.");
		}
		Map<String, List<String>> open = new LinkedHashMap<>();
		for (Placement placement : placements()) {
			if (placement.open()) {
				open.computeIfAbsent(placement.chain(), (chain) -> new ArrayList<>()).add(text(placement));
			}
		}
		open.forEach(
				(chain, handlers) -> warnings.add("Unauthenticated clients can call handlers without a rule in %s: %s."
					.formatted(chain, String.join("; ", handlers))));
		this.publicPaths.all().forEach((path) -> withoutEffect(path, warnings));
		String health = this.health.get();
		if (health != null) {
			withoutEffect("GET", health, warnings, "'%s', which probes request without a token,".formatted(health),
					"requests.requestMatchers(EndpointRequest.to(HealthEndpoint.class)).permitAll()");
		}
		return warnings;
	}

	private void withoutEffect(PublicPath path, List<String> warnings) {
		String what = "'%s' in 'auth-starter.public-paths'".formatted(path);
		if (path.methods().isEmpty()) {
			withoutEffect("GET", path.pattern(), warnings, what,
					"requests.requestMatchers(\"%s\").permitAll()".formatted(path.pattern()));
		}
		for (String method : path.methods()) {
			withoutEffect(method, path.pattern(), warnings, what,
					"requests.requestMatchers(HttpMethod.%s, \"%s\").permitAll()".formatted(method, path.pattern()));
		}
	}

	private void withoutEffect(String method, String path, List<String> warnings, String what, String line) {
		List<SecurityChain> taking = this.chains.taking(method, path);
		if (taking.stream().anyMatch(SecurityChain::isOwn)) {
			return;
		}
		for (SecurityChain chain : taking) {
			if (!this.chains.admitAnonymous(chain, method, path)) {
				warnings.add(
						("%s is not public: the filter chain '%s' of the application decides there. To make it public, "
								+ "add %s to that chain.")
							.formatted(what, chain.name(), line));
				return;
			}
		}
	}

	private List<Placement> placements() {
		return (this.inventory != null) ? this.inventory.placements() : List.of();
	}

	private static String text(Placement placement) {
		HandlerDescription handler = placement.handler();
		return "%s %s %s".formatted(handler.methods().isEmpty() ? "ANY" : String.join(",", handler.methods()),
				placement.pattern(), handler.name());
	}

}
