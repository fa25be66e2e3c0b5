package dev.authstarter.openapi;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.authstarter.access.HandlerDescription;
import dev.authstarter.access.HandlerDescription.Demands;
import dev.authstarter.access.HandlerDescription.Kind;
import dev.authstarter.access.PathPatterns;
import dev.authstarter.access.PathRule;
import dev.authstarter.access.PathRules;
import dev.authstarter.access.PublicPaths;
import dev.authstarter.access.Rule;
import dev.authstarter.access.inventory.HandlerInventory;
import dev.authstarter.access.inventory.HandlerPlacements;
import io.swagger.v3.core.util.PathUtils;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.PathContainer;

/**
 * Finds the handlers of an operation of the document and the rules that are enforced for
 * them: the rules of the inventory, and the rules by path that apply to the operation.
 */
final class DocumentedHandlers {

	private final HandlerInventory inventory;

	private final PathRules pathRules;

	private final PublicPaths publicPaths;

	private final HandlerPlacements chains;

	private final OrganizationInPath organizations;

	private final boolean deny;

	/**
	 * Create a lookup.
	 * @param inventory the handlers
	 * @param pathRules the rules by path
	 * @param publicPaths the paths that the chain of this library opens
	 * @param chains the filter chains in force
	 * @param organizations the path variables with the id of an organization
	 * @param deny whether handlers without a rule are denied
	 */
	DocumentedHandlers(HandlerInventory inventory, PathRules pathRules, PublicPaths publicPaths,
			HandlerPlacements chains, OrganizationInPath organizations, boolean deny) {
		this.inventory = inventory;
		this.pathRules = pathRules;
		this.publicPaths = publicPaths;
		this.chains = chains;
		this.organizations = organizations;
		this.deny = deny;
	}

	/**
	 * Find the access rules of an operation.
	 * @param path its path in the document
	 * @param method its HTTP method
	 * @return one entry for each handler that may answer it; empty if no access token is
	 * read, and for endpoints of the actuator
	 */
	List<HandlerAccess> find(String path, String method) {
		List<Mapped> mapped = mapped(path, method);
		if (mapped.isEmpty()) {
			// Not mapped by the framework. Filter chains and rules by path apply.
			return this.chains.mayReadTokens(method, path) ? List.of(access(path, method, null, path)) : List.of();
		}
		return mapped.stream()
			.filter((it) -> it.handler().kind() != Kind.ENDPOINT && this.chains.mayReadTokens(method, it.pattern()))
			.map((it) -> access(path, method, it.handler(), it.pattern()))
			.distinct()
			.toList();
	}

	private List<Mapped> mapped(String path, String method) {
		List<Mapped> exactly = new ArrayList<>();
		List<Mapped> below = new ArrayList<>();
		// Springdoc keeps the pattern of a functional route as it is.
		String documented = documented(path);
		PathContainer container = PathContainer.parsePath(documented);
		for (HandlerDescription handler : this.inventory.handlers()) {
			if (answers(handler, method)) {
				for (String pattern : handler.patterns()) {
					if (documented(pattern).equals(documented)) {
						exactly.add(new Mapped(handler, pattern));
					}
					else if (handler.kind() == Kind.REPOSITORY && PathPatterns.parse(pattern).matches(container)) {
						below.add(new Mapped(handler, path));
					}
				}
			}
		}
		return exactly.isEmpty() ? below : exactly;
	}

	private static boolean answers(HandlerDescription handler, String method) {
		return handler.methods().isEmpty() || handler.methods().contains(method)
				|| (method.equals("HEAD") && handler.methods().contains("GET"));
	}

	/**
	 * Return the pattern as springdoc writes it, without regular expressions and without
	 * the asterisk of a variable for the remaining path.
	 */
	private static String documented(String pattern) {
		return PathUtils.parsePath(pattern, new HashMap<>()).replace("{*", "{");
	}

	private HandlerAccess access(String path, String method, @Nullable HandlerDescription handler, String pattern) {
		List<PathRule> byPath = this.pathRules.isEmpty() ? List.of()
				: this.pathRules.covering(List.of(method), List.of(this.chains.prefix() + pattern));
		boolean named = this.organizations.isNamedBy(path);
		boolean undeclared = byPath.isEmpty() && (handler == null || demandsNothing(handler));
		boolean isPublic = this.publicPaths.cover(Set.of(method), pattern);
		boolean denied = this.deny && undeclared && handler != null && handler.undeclared() && !isPublic;
		boolean open = undeclared && !denied && !named
				&& this.chains.admitAnonymous(method, pattern, isPublic || (handler != null && handler.open()));
		Demands demands = (handler != null) ? handler.demands() : Rule.NONE.demands();
		for (PathRule rule : byPath) {
			demands = both(demands, rule.rule().demands());
		}
		return new HandlerAccess(open, denied, demands, named);
	}

	private static boolean demandsNothing(HandlerDescription handler) {
		return handler.open() || handler.rule().isEmpty();
	}

	/**
	 * Combine two sets of requirements. The inventory already includes the rules by path
	 * that apply to all methods.
	 */
	private static Demands both(Demands one, Demands other) {
		return new Demands(join(one.scopes(), other.scopes()), join(one.roles(), other.roles()),
				join(one.permissions(), other.permissions()), one.callers(), one.delegation(), one.actors());
	}

	private static List<List<String>> join(List<List<String>> one, List<List<String>> other) {
		return Stream.concat(one.stream(), other.stream()).distinct().toList();
	}

	/**
	 * A handler that may answer the operation, and its pattern.
	 */
	private record Mapped(HandlerDescription handler, String pattern) {

	}

}
