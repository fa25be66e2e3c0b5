package dev.authstarter.access.inventory;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import dev.authstarter.access.HandlerDescription;
import dev.authstarter.access.HandlerDescription.Kind;
import dev.authstarter.configuration.AccessRuleException;
import dev.authstarter.configuration.UndeclaredHandlers;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Fails start-up if a rule would not be enforced, if no caller could present the token
 * that a rule requires, and if handlers have no rule although the configuration requires
 * one.
 */
final class EntryPointCheck implements SmartInitializingSingleton {

	private final EntryPointInventory inventory;

	private final @Nullable HandlerPlacements chains;

	private final UndeclaredHandlers undeclared;

	/**
	 * Create a check of an inventory.
	 * @param chains the filter chains, or {@code null} if there are none
	 */
	EntryPointCheck(EntryPointInventory inventory, @Nullable HandlerPlacements chains, UndeclaredHandlers undeclared) {
		this.inventory = inventory;
		this.chains = chains;
		this.undeclared = undeclared;
	}

	@Override
	public void afterSingletonsInstantiated() {
		requireTokensWhereTheyAreAskedFor();
		requireGuardsBesidePublicHandlers();
		List<HandlerDescription> undeclared = this.inventory.handlers()
			.stream()
			.filter(HandlerDescription::undeclared)
			.toList();
		if (this.undeclared == UndeclaredHandlers.FAIL_START && !undeclared.isEmpty()) {
			throw new AccessRuleException(
					"'auth-starter.undeclared-handlers' is 'fail-start', and these handlers have no access rule: "
							+ "%s.".formatted(names(undeclared)),
					"Give each an annotation such as @RequiresScope (routes: RouteRule), or declare its path in "
							+ "'auth-starter.rules'. Where no token is needed, use @PublicEndpoint or list the path "
							+ "in 'auth-starter.public-paths'. Where any valid token is enough, use @RequiresCaller({ "
							+ "USER, MACHINE }). Listeners of message brokers, which get no token, use @PermitAll.");
		}
		List<HandlerDescription> outOfReach = undeclared.stream().filter((handler) -> !handler.enforced()).toList();
		if (this.undeclared == UndeclaredHandlers.DENY && !outOfReach.isEmpty()) {
			throw new AccessRuleException(
					"'auth-starter.undeclared-handlers' is 'deny', which cannot be enforced for these handlers "
							+ "without an access rule: %s.".formatted(names(outOfReach)),
					outOfReach.stream()
						.map((handler) -> remedy(handler.kind()))
						.distinct()
						.collect(Collectors.joining(" ")));
		}
	}

	/** Such a rule would refuse every request, which is not intended. */
	private void requireTokensWhereTheyAreAskedFor() {
		if (this.chains == null) {
			return;
		}
		List<String> unreachable = new ArrayList<>();
		for (EntryPoint entryPoint : this.inventory.entryPoints()) {
			String obstacle = this.chains.obstacle(entryPoint.handler().methods(), entryPoint.tokenPatterns());
			if (obstacle != null) {
				unreachable.add("%s (%s)".formatted(entryPoint.handler().name(), obstacle));
			}
		}
		if (!unreachable.isEmpty()) {
			throw new AccessRuleException(
					"These handlers require an access token, but no caller can present one: %s."
						.formatted(String.join("; ", unreachable)),
					"Configure that chain to read tokens: http.oauth2ResourceServer((resourceServer) -> "
							+ "resourceServer.jwt(withDefaults())). Or narrow its securityMatcher, or web.ignoring(): "
							+ "auth-starter's own chain takes the requests that no chain of the application matches, "
							+ "and it reads tokens.");
		}
	}

	/**
	 * A request that is permitted for a public handler may be mapped to another one,
	 * which then needs a guard.
	 */
	private void requireGuardsBesidePublicHandlers() {
		HandlerPlacements chains = this.chains;
		if (chains == null) {
			return;
		}
		List<EntryPoint> open = this.inventory.entryPoints()
			.stream()
			.filter(EntryPoint::declaredPublic)
			.filter((entryPoint) -> chains.mayBeOwn(entryPoint.handler()))
			.toList();
		for (EntryPoint entryPoint : open) {
			if (!entryPoint.tokenPatterns().isEmpty()) {
				throw new AccessRuleException(
						("%s is declared public but needs a token: a path of it names an organization, or an argument "
								+ "is a caller or an organization.")
							.formatted(names(List.of(entryPoint.handler()))),
						"Take the organization out of the path and make the argument an Optional, or remove @PublicEndpoint "
								+ "or @PermitAll.");
			}
		}
		List<HandlerDescription> unguarded = this.inventory.handlers()
			.stream()
			.filter((handler) -> !handler.enforced() && handler.kind() == Kind.RESOURCE_CLASS)
			.toList();
		if (!open.isEmpty() && !unguarded.isEmpty()) {
			throw new AccessRuleException(
					("Handlers are declared public (%s), so the filter chain permits requests without a token on their "
							+ "paths. Such requests could reach these handlers, too, which have no guard: %s.")
						.formatted(names(open.stream().map(EntryPoint::handler).toList()), names(unguarded)),
					unguarded.stream()
						.map((handler) -> remedy(handler.kind()))
						.distinct()
						.collect(Collectors.joining(" "))
							+ " Or list the public paths in 'auth-starter.public-paths'.");
		}
	}

	static String names(List<HandlerDescription> handlers) {
		return handlers.stream()
			.map((handler) -> "%s (%s)".formatted(handler.name(),
					handler.patterns().isEmpty() ? kind(handler.kind()) : String.join(", ", handler.patterns())))
			.collect(Collectors.joining("; "));
	}

	private static String kind(Kind kind) {
		return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
	}

	private static String remedy(Kind kind) {
		return switch (kind) {
			case CALL -> "gRPC calls do not pass the filter chain: give each method of the service an annotation "
					+ "such as @RequiresScope.";
			case LISTENER -> "A broker delivers messages without a token: use @PermitAll where all clients that may "
					+ "write to the broker may reach the method.";
			case RESOURCE_CLASS ->
				"Jakarta REST is not a servlet here: run it as one ('spring.jersey.type' is 'servlet').";
			default -> "Its requests do not pass the filter chain: give it an annotation such as @RequiresScope.";
		};
	}

}
