package dev.authstarter.access.inventory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.authstarter.access.HandlerCall;
import dev.authstarter.access.HandlerDescription;
import dev.authstarter.access.HandlerDescription.Kind;
import dev.authstarter.access.PathRule;
import dev.authstarter.access.PathRules;
import dev.authstarter.access.PublicPath;
import dev.authstarter.access.declaration.BeanDeclarations;
import dev.authstarter.access.inventory.RouteAlternatives.Reading;
import dev.authstarter.configuration.AccessRuleException;
import dev.authstarter.configuration.UndeclaredHandlers;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.PathContainer;
import org.springframework.util.function.SingletonSupplier;

/**
 * Collects the entry points of all kinds, and adds the path rules.
 */
public final class EntryPointInventory implements HandlerInventory {

	/** A path variable, perhaps with a regular expression. */
	private static final Pattern VARIABLE = Pattern.compile("\\{[^/]*?\\}(?=[^}]|$)");

	private static final Pattern WILDCARD = Pattern.compile("[*?]");

	private final @Nullable HandlerPlacements chains;

	private final BeanDeclarations beans;

	private final PathRules pathRules;

	private final UndeclaredHandlers undeclared;

	private final SingletonSupplier<List<EntryPoint>> entryPoints;

	private final SingletonSupplier<List<HandlerDescription>> handlers;

	/**
	 * Create an inventory.
	 * @param sources find the entry points; used at the first access
	 * @param chains the filter chains, or {@code null} if there are none
	 * @param beans what the beans declare
	 */
	EntryPointInventory(Supplier<List<EntryPoints>> sources, @Nullable HandlerPlacements chains, BeanDeclarations beans,
			PathRules pathRules, UndeclaredHandlers undeclared) {
		this.beans = beans;
		this.chains = chains;
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

	List<EntryPoint> entryPoints() {
		return this.entryPoints.obtain();
	}

	/**
	 * List the requests of the library's own chain that handlers with a public
	 * declaration may answer. Other handlers may answer some of them, too.
	 * @return methods and patterns
	 */
	public List<PublicPath> declaredPublic() {
		return this.entryPoints.obtain()
			.stream()
			.filter(EntryPoint::declaredPublic)
			.map(EntryPoint::handler)
			.filter((handler) -> this.chains == null || this.chains.mayBeOwn(handler))
			.flatMap((handler) -> handler.patterns()
				.stream()
				.map((pattern) -> new PublicPath(handler.methods(), pattern)))
			.distinct()
			.toList();
	}

	@Override
	public List<HandlerDescription> handlers() {
		return this.handlers.obtain();
	}

	@Override
	public List<String> warnings() {
		Set<String> paths = new LinkedHashSet<>();
		for (EntryPoint entryPoint : this.entryPoints.obtain()) {
			// Spring Boot maps static resources to all paths.
			if (entryPoint.handler().kind() != Kind.RESOURCE || !entryPoint.paths().equals(Set.of("/**"))) {
				paths.addAll(entryPoint.paths());
			}
		}
		Stream<String> idle = this.pathRules.idle(paths)
			.stream()
			.map((pattern) -> ("'auth-starter.rules' has a rule for '%s', but no entry point of this application has "
					+ "such a path. It applies at most to static resources.")
				.formatted(pattern));
		return Stream.of(idle, closedByChains(), openNothing()).flatMap((findings) -> findings).toList();
	}

	/** Public handlers whose requests only filter chains of the application match. */
	private Stream<String> closedByChains() {
		HandlerPlacements chains = this.chains;
		if (chains == null) {
			return Stream.empty();
		}
		return this.entryPoints.obtain()
			.stream()
			.filter(EntryPoint::declaredPublic)
			.map(EntryPoint::handler)
			.filter((handler) -> !chains.mayBeOwn(handler))
			.flatMap((handler) -> chains.placements(handler).stream())
			.filter((placement) -> !placement.open())
			.map(EntryPointInventory::closed)
			.sorted();
	}

	private static String closed(Placement placement) {
		HandlerDescription handler = placement.handler();
		String methods = handler.methods().isEmpty() ? "any method" : String.join(", ", handler.methods());
		return ("%s is declared public, but the filter chain %s of the application decides about %s of '%s' and "
				+ "denies requests without a token. To make it public, use permitAll() for that request in that "
				+ "chain; everything else that is mapped there becomes public, too.")
			.formatted(handler.name(), placement.chain(), methods, placement.pattern());
	}

	/** Public declarations that open no handler. */
	private Stream<String> openNothing() {
		if (this.chains == null) {
			return Stream.empty();
		}
		Set<String> handlers = names((entryPoint) -> entryPoint.handler().kind() == Kind.CONTROLLER
				|| entryPoint.handler().kind() == Kind.OTHER);
		Set<String> open = names(EntryPoint::declaredPublic);
		return this.beans.publicDeclarations()
			.entrySet()
			.stream()
			.filter((declared) -> declared.getValue().stream().noneMatch(open::contains))
			.map((declared) -> declared.getValue().stream().anyMatch(handlers::contains) ? closed(declared.getKey())
					: noHandler(declared.getKey()));
	}

	private Set<String> names(Predicate<EntryPoint> condition) {
		return this.entryPoints.obtain()
			.stream()
			.filter(condition)
			.map((entryPoint) -> entryPoint.handler().name())
			.collect(Collectors.toSet());
	}

	private static String closed(String declared) {
		return ("%s is declared public, but a rule requires a token: one that is declared closer to the method, or "
				+ "one of 'auth-starter.rules'.")
			.formatted(declared);
	}

	private static String noHandler(String declared) {
		return ("%s is declared public, which has no effect: it is not a handler of Spring MVC. To make a route, a "
				+ "servlet, a GraphQL endpoint or a WebSocket handshake public, list its path in "
				+ "'auth-starter.public-paths'.")
			.formatted(declared);
	}

	private boolean denies() {
		return this.undeclared == UndeclaredHandlers.DENY;
	}

	/**
	 * Return whether all entry points of a kind that may serve a request declare their
	 * callers.
	 * @param kind the kind
	 * @param call the request
	 * @return whether they do; {@code false} if there is none
	 */
	public boolean isDeclared(Kind kind, HandlerCall call) {
		List<PathContainer> paths = call.paths();
		List<EntryPoint> serving = serving(call.method(), call.pattern(),
				this.entryPoints.obtain()
					.stream()
					.filter((entryPoint) -> entryPoint.handler().kind() == kind)
					.filter((entryPoint) -> entryPoint.mayAnswer(call.method()) && entryPoint.mayServe(paths))
					.toList());
		return !serving.isEmpty()
				&& serving.stream().map(EntryPoint::handler).noneMatch(HandlerDescription::undeclared);
	}

	/**
	 * Those of the pattern that matched, if one of them has the path of the request, and
	 * otherwise all that may have it. Code of the application may set any pattern, and is
	 * not called for requests that something before it serves.
	 */
	private static List<EntryPoint> serving(String method, @Nullable String pattern, List<EntryPoint> all) {
		List<EntryPoint> reached = new ArrayList<>();
		for (EntryPoint entryPoint : all) {
			reached.add(entryPoint);
			if (entryPoint.servesAll(method, pattern)) {
				break;
			}
		}
		if (reached.stream()
			.anyMatch((entryPoint) -> entryPoint.reading() == Reading.NONE || isBelowWildcard(entryPoint))) {
			return reached;
		}
		List<EntryPoint> matched = reached.stream()
			.filter((entryPoint) -> pattern != null && entryPoint.handler().patterns().contains(pattern))
			.toList();
		return matched.isEmpty() ? reached : matched;
	}

	/** Spring may report the pattern of a nested route without the outer wildcard. */
	private static boolean isBelowWildcard(EntryPoint entryPoint) {
		return entryPoint.handler().patterns().stream().anyMatch((pattern) -> {
			String outer = pattern.substring(0, pattern.lastIndexOf('/') + 1);
			return WILDCARD.matcher(VARIABLE.matcher(outer).replaceAll("")).find();
		});
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
	 * An entry point that is reached only through another one is declared if that one is,
	 * and vice versa: for example GraphQL fields and their endpoint.
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
					("The handshake of WebSocket messages is public (%s), and these message handlers have no access "
							+ "rule, so unauthenticated clients could send messages to them: %s.")
						.formatted(EntryPointCheck.names(doors),
								EntryPointCheck.names(inside.stream().filter(HandlerDescription::undeclared).toList())),
					"Give each an annotation such as @RequiresScope, or @PermitAll where unauthenticated clients may "
							+ "send messages, or remove the path from 'auth-starter.public-paths'.");
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
