package dev.authstarter.access.inventory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import dev.authstarter.access.HandlerDescription;
import dev.authstarter.access.HandlerDescription.Kind;
import dev.authstarter.access.PathRule;
import dev.authstarter.access.PathRules;
import dev.authstarter.access.interception.HandlerRules;
import dev.authstarter.configuration.AccessRuleException;
import dev.authstarter.configuration.UndeclaredHandlers;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.util.function.SingletonSupplier;

/**
 * Puts all kinds of entry points together, adds the rules by path, and does with those
 * that say nothing about their callers what the configuration says.
 */
public final class EntryPointInventory implements HandlerInventory, SmartInitializingSingleton {

	private final @Nullable HandlerPlacements chains;

	private final HandlerRules rules;

	private final PathRules pathRules;

	private final UndeclaredHandlers undeclared;

	private final SingletonSupplier<List<EntryPoint>> entryPoints;

	private final SingletonSupplier<List<HandlerDescription>> handlers;

	/**
	 * List what these find.
	 * @param sources where entry points are looked for, when somebody asks for them
	 * @param chains what takes requests, or {@code null} where there are none
	 */
	EntryPointInventory(Supplier<List<EntryPoints>> sources, @Nullable HandlerPlacements chains, HandlerRules rules,
			PathRules pathRules, UndeclaredHandlers undeclared) {
		this.chains = chains;
		this.rules = rules;
		this.pathRules = pathRules;
		this.undeclared = undeclared;
		this.entryPoints = SingletonSupplier.of(() -> read(sources.get()));
		this.handlers = SingletonSupplier.of(() -> this.entryPoints.obtain()
			.stream()
			.map(EntryPoint::handler)
			.sorted(Comparator.comparing(HandlerDescription::kind)
				.thenComparing((handler) -> handler.patterns().toString())
				.thenComparing((handler) -> handler.methods().toString())
				.thenComparing(HandlerDescription::name))
			.toList());
	}

	@Override
	public void afterSingletonsInstantiated() {
		requireTokensWhereTheyAreAskedFor();
		List<HandlerDescription> undeclared = handlers().stream().filter(HandlerDescription::undeclared).toList();
		if (this.undeclared == UndeclaredHandlers.FAIL_START && !undeclared.isEmpty()) {
			throw new AccessRuleException(
					"'auth-starter.undeclared-handlers' is 'fail-start', and these handlers say nothing about their "
							+ "callers: %s.".formatted(names(undeclared)),
					"Give each an annotation such as @RequiresScope (routes: RouteRule), declare its path in "
							+ "'auth-starter.rules' or list it in 'auth-starter.public-paths', or say "
							+ "@RequiresCaller({ USER, MACHINE }) where any valid token will do (listeners of message "
							+ "brokers, which get no token: @PermitAll).");
		}
		List<HandlerDescription> outOfReach = undeclared.stream().filter((handler) -> !handler.enforced()).toList();
		if (denies() && !outOfReach.isEmpty()) {
			throw new AccessRuleException(
					"'auth-starter.undeclared-handlers' is 'deny', and that cannot be enforced before these handlers, "
							+ "which say nothing about their callers: %s.".formatted(names(outOfReach)),
					outOfReach.stream()
						.map((handler) -> remedy(handler.kind()))
						.distinct()
						.collect(Collectors.joining(" ")));
		}
	}

	/** The rule would be kept; but who starts such an application did not mean it. */
	private void requireTokensWhereTheyAreAskedFor() {
		if (this.chains == null) {
			return;
		}
		List<String> unreachable = new ArrayList<>();
		for (EntryPoint entryPoint : this.entryPoints.obtain()) {
			String obstacle = this.chains.obstacle(entryPoint.handler().methods(), entryPoint.tokenPatterns());
			if (obstacle != null) {
				unreachable.add("%s (%s)".formatted(entryPoint.handler().name(), obstacle));
			}
		}
		if (!unreachable.isEmpty()) {
			throw new AccessRuleException(
					"These handlers ask for an access token, and nobody can present one: %s."
						.formatted(String.join("; ", unreachable)),
					"Let that chain read tokens: http.oauth2ResourceServer((resourceServer) -> "
							+ "resourceServer.jwt(withDefaults())). Or narrow its securityMatcher, or web.ignoring(): "
							+ "what no chain of the application matches is taken by auth-starter's own, which reads them.");
		}
	}

	@Override
	public List<Placement> placements() {
		HandlerPlacements chains = this.chains;
		if (chains == null) {
			return List.of();
		}
		return this.entryPoints.obtain()
			.stream()
			.filter((entryPoint) -> entryPoint.own() && entryPoint.handler().rule().isEmpty())
			.flatMap((entryPoint) -> chains.placements(entryPoint.handler()).stream())
			.filter((placement) -> !placement.readsTokens()
					|| (placement.open() && !(denies() && placement.handler().undeclared())))
			.sorted(Comparator.comparing((Placement placement) -> placement.handler().kind())
				.thenComparing(Placement::pattern)
				.thenComparing((placement) -> placement.handler().name()))
			.toList();
	}

	private static String names(List<HandlerDescription> handlers) {
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
			case CALL -> "Calls of gRPC do not pass the filter chain: give each method of the service an annotation "
					+ "such as @RequiresScope.";
			case LISTENER -> "A broker delivers messages without a token: say @PermitAll where everybody who may write "
					+ "to the broker may reach the method.";
			case RESOURCE_CLASS ->
				"Jakarta REST is no servlet here: serve it by one ('spring.jersey.type' is " + "'servlet').";
			case OTHER -> "Extend AbstractHandlerMapping, before whose handlers the interceptors of Spring MVC stand.";
			default -> "Its requests do not pass the filter chain: give it an annotation such as @RequiresScope.";
		};
	}

	@Override
	public List<HandlerDescription> handlers() {
		return this.handlers.obtain();
	}

	@Override
	public List<String> warnings() {
		Set<String> paths = new LinkedHashSet<>();
		for (EntryPoint entryPoint : this.entryPoints.obtain()) {
			// Spring Boot looks for static resources everywhere.
			if (entryPoint.handler().kind() != Kind.RESOURCE || !entryPoint.paths().equals(Set.of("/**"))) {
				paths.addAll(entryPoint.paths());
			}
		}
		return this.pathRules.idle(paths)
			.stream()
			.map((pattern) -> ("'auth-starter.rules' has a rule for '%s', and nothing that this application serves has "
					+ "such a path, unless static resources are meant.")
				.formatted(pattern))
			.toList();
	}

	@Override
	public boolean allowsMachineWithoutOrganization(Object handler) {
		return this.rules.of(handler).allowsMachineWithoutOrganization();
	}

	/** Whether handlers that say nothing about their callers are closed. */
	public boolean denies() {
		return this.undeclared == UndeclaredHandlers.DENY;
	}

	/**
	 * Whether everything of a kind that may answer a request says something about its
	 * callers.
	 * @param method the request's method
	 * @param pattern the pattern that matched, or {@code null} if nobody knows
	 */
	public boolean isDeclared(Kind kind, String method, @Nullable String pattern) {
		List<HandlerDescription> mapped = handlers().stream()
			.filter((handler) -> handler.kind() == kind)
			.filter((handler) -> pattern == null || handler.patterns().contains(pattern))
			.toList();
		List<HandlerDescription> answering = mapped.stream()
			.filter((handler) -> handler.methods().isEmpty()
					|| handler.methods().contains(method.equals("HEAD") ? "GET" : method))
			.toList();
		List<HandlerDescription> asked = answering.isEmpty() ? mapped : answering;
		return !asked.isEmpty() && asked.stream().noneMatch(HandlerDescription::undeclared);
	}

	private List<EntryPoint> read(List<EntryPoints> sources) {
		List<EntryPoint> found = new ArrayList<>();
		sources.forEach((source) -> found.addAll(source.find()));
		placeResourceClasses(found);
		found.replaceAll(this::underPathRules);
		for (Kind kind : List.of(Kind.QUERY, Kind.MESSAGE, Kind.RESOURCE_CLASS)) {
			settle(kind, found);
		}
		return List.copyOf(found);
	}

	/** Their paths are below those of the servlet that serves them. */
	private static void placeResourceClasses(List<EntryPoint> found) {
		List<String> bases = found.stream()
			.filter((entryPoint) -> entryPoint.leadsTo() == Kind.RESOURCE_CLASS)
			.flatMap((entryPoint) -> entryPoint.paths().stream())
			.map((path) -> path.endsWith("/**") ? path.substring(0, path.length() - 3) : path)
			.toList();
		found.replaceAll((entryPoint) -> {
			if (entryPoint.handler().kind() != Kind.RESOURCE_CLASS) {
				return entryPoint;
			}
			return bases.isEmpty() ? entryPoint.notEnforced()
					: entryPoint.at(bases.stream()
						.flatMap((base) -> entryPoint.paths().stream().map((path) -> base + path))
						.collect(Collectors.toSet()));
		});
	}

	private EntryPoint underPathRules(EntryPoint entryPoint) {
		if (!entryPoint.handler().enforced()) {
			return entryPoint;
		}
		List<PathRule> covering = this.pathRules.covering(entryPoint.handler().methods(), entryPoint.paths());
		return covering.isEmpty() ? entryPoint : entryPoint.under(covering);
	}

	/**
	 * What is reached through others alone is declared where those are, and the other way
	 * round: GraphQL fields and their endpoint, for example.
	 */
	private static void settle(Kind kind, List<EntryPoint> found) {
		Predicate<EntryPoint> isInside = (it) -> it.handler().kind() == kind && it.handler().enforced();
		Predicate<EntryPoint> isDoor = (it) -> it.leadsTo() == kind;
		List<HandlerDescription> doors = found.stream().filter(isDoor).map(EntryPoint::handler).toList();
		List<HandlerDescription> inside = found.stream().filter(isInside).map(EntryPoint::handler).toList();
		if (doors.isEmpty() || inside.isEmpty()) {
			return;
		}
		boolean open = doors.stream().anyMatch(HandlerDescription::open);
		if (open && kind == Kind.MESSAGE && inside.stream().anyMatch(HandlerDescription::undeclared)) {
			throw new AccessRuleException(
					("The handshake of WebSocket messages is public (%s), and these handlers of messages say nothing "
							+ "about their callers, so that strangers could send them: %s.")
						.formatted(names(doors),
								names(inside.stream().filter(HandlerDescription::undeclared).toList())),
					"Give each an annotation such as @RequiresScope, or @PermitAll where strangers are meant, or take "
							+ "the path out of 'auth-starter.public-paths'.");
		}
		if (doors.stream().noneMatch(HandlerDescription::undeclared)) {
			found
				.replaceAll((it) -> (isInside.test(it) && it.handler().undeclared()) ? it.declaredElsewhere(open) : it);
		}
		else if (kind != Kind.MESSAGE && inside.stream().noneMatch(HandlerDescription::undeclared)) {
			found.replaceAll((it) -> isDoor.test(it) ? it.declaredElsewhere(false) : it);
		}
	}

}
