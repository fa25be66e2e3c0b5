package dev.authstarter.operations;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import dev.authstarter.AccessToken;
import dev.authstarter.CallerType;
import dev.authstarter.Organization;
import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import dev.authstarter.access.ActorDemand;
import dev.authstarter.access.CallerRules;
import dev.authstarter.access.HandlerDescription;
import dev.authstarter.access.HandlerDescription.Kind;
import dev.authstarter.access.PathPatterns;
import dev.authstarter.access.PathRule;
import dev.authstarter.access.PathRules;
import dev.authstarter.access.Rule;
import dev.authstarter.access.inventory.HandlerInventory;
import dev.authstarter.configuration.AuthStarterProperties;
import dev.authstarter.configuration.OrganizationSource;
import dev.authstarter.configuration.UndeclaredHandlers;
import dev.authstarter.token.check.Finding;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;

/**
 * Explains whether the caller of an accepted token could call a handler, by the
 * organization and the declared rules. Conditions that only an actual request can meet,
 * and decisions of the application's code, are not evaluated.
 */
final class CallExplanation {

	/** The patterns of the other kinds are not HTTP paths. */
	private static final Set<Kind> WITH_PATHS = EnumSet.of(Kind.CONTROLLER, Kind.ROUTE, Kind.SOCKET, Kind.SERVLET,
			Kind.REPOSITORY, Kind.RESOURCE_CLASS, Kind.ENDPOINT, Kind.RESOURCE, Kind.OTHER);

	private final HandlerInventory inventory;

	private final CallerRules callers;

	private final PathRules pathRules;

	private final AuthStarterProperties properties;

	CallExplanation(HandlerInventory inventory, CallerRules callers, PathRules pathRules,
			AuthStarterProperties properties) {
		this.inventory = inventory;
		this.callers = callers;
		this.pathRules = pathRules;
		this.properties = properties;
	}

	/**
	 * A hypothetical call.
	 *
	 * @param method the HTTP method
	 * @param path the path, or {@code null} to check an organization only
	 * @param organization the organization that the request names, or {@code null} for
	 * the one in the path
	 */
	record Call(String method, @Nullable String path, @Nullable String organization) {

		boolean isNamed() {
			return this.path != null || this.organization != null;
		}

	}

	/**
	 * The decision about a call.
	 *
	 * @param allowed whether the call is allowed, or {@code null} if that is unknown
	 * @param refusal the refusal, or {@code null} if there is none
	 * @param findings what each check expected and found
	 */
	record Decision(@Nullable Boolean allowed, @Nullable Refusal refusal, List<Finding> findings) {

	}

	/**
	 * A handler and the pattern by which it was found.
	 */
	private record Match(HandlerDescription handler, PathPattern pattern) {

	}

	Decision of(AccessToken caller, Call call) {
		List<Finding> findings = new ArrayList<>();
		Match match = null;
		PathContainer path = null;
		if (call.path() != null) {
			path = PathContainer.parsePath(call.path());
			match = find(call.method().toUpperCase(Locale.ROOT), path);
			findings.add(Finding.of("Handler", "one for %s %s".formatted(call.method(), call.path()),
					(match != null) ? match.handler().name() : "none"));
			if (match == null) {
				return new Decision(null, null, findings);
			}
		}
		String named = named(call, match, path);
		boolean scoped = match != null && match.handler().organizationScoped();
		if ((named != null || scoped) && caller.callerType() == CallerType.MACHINE
				&& caller.organizations().isEmpty()) {
			findings.add(Finding.of("Organization", (named != null) ? "'" + named + "'" : "one", "none")
				.withHint("Whether a machine without one is allowed depends on the rule of the handler and on "
						+ "'auth-starter.organization.cross-organization-scope', which are not checked here."));
			return new Decision(null, null, findings);
		}
		Organization acting = (named != null) ? caller.organization(named) : only(caller);
		Refusal refusal = organization(caller, call, named, acting, findings);
		if (refusal == null && match != null && path != null) {
			refusal = rules(caller, acting, match.handler(), call.method(), path, findings);
		}
		return new Decision(refusal == null, refusal, findings);
	}

	private @Nullable Match find(String method, PathContainer path) {
		return this.inventory.handlers()
			.stream()
			.filter((handler) -> WITH_PATHS.contains(handler.kind()))
			.filter((handler) -> handler.methods().isEmpty() || handler.methods().contains(method))
			.flatMap((handler) -> handler.patterns()
				.stream()
				.map((pattern) -> new Match(handler, PathPatterns.parse(pattern))))
			.filter((match) -> match.pattern().matches(path))
			.min(Comparator.comparing(Match::pattern, PathPattern.SPECIFICITY_COMPARATOR))
			.orElse(null);
	}

	private @Nullable String named(Call call, @Nullable Match match, @Nullable PathContainer path) {
		String inPath = null;
		if (match != null && path != null) {
			PathPattern.PathMatchInfo info = match.pattern().matchAndExtract(path);
			Map<String, String> variables = (info != null) ? info.getUriVariables() : Map.of();
			inPath = this.properties.organization()
				.pathVariables()
				.stream()
				.map(variables::get)
				.filter(Objects::nonNull)
				.findFirst()
				.orElse(null);
		}
		return (inPath != null) ? inPath : call.organization();
	}

	private @Nullable Organization only(AccessToken caller) {
		List<Organization> organizations = caller.organizations();
		return (organizations.size() == 1
				&& this.properties.organization().sources().contains(OrganizationSource.TOKEN)) ? organizations.get(0)
						: null;
	}

	private static @Nullable Refusal organization(AccessToken caller, Call call, @Nullable String named,
			@Nullable Organization acting, List<Finding> findings) {
		if (named == null) {
			return null;
		}
		findings.add(Finding.of("Organization", "'%s' among those of the token".formatted(named),
				caller.organizations().stream().map(Organization::id).toList().toString()));
		if (call.organization() != null && !named.equals(call.organization())) {
			return Refusal.of(Reason.ORGANIZATION_AMBIGUOUS);
		}
		if (acting == null) {
			return Refusal
				.of(caller.organizations().isEmpty() ? Reason.ORGANIZATION_MISSING : Reason.ORGANIZATION_MISMATCH);
		}
		return null;
	}

	private @Nullable Refusal rules(AccessToken caller, @Nullable Organization acting, HandlerDescription handler,
			String method, PathContainer path, List<Finding> findings) {
		List<PathRule> byPath = this.pathRules.of(method, List.of(path));
		for (PathRule one : byPath) {
			findings.add(Finding.of("Rule of the path", one.toString()));
			Refusal refusal = this.callers.refuse(one.rule(), caller, acting);
			if (refusal != null) {
				findings.addAll(lacking(refusal, caller, acting));
				return refusal;
			}
		}
		findings.add(Finding.of("Rule of the handler", handler.rule().isEmpty() ? "none" : handler.rule()));
		if (handler.undeclared() && byPath.isEmpty()
				&& this.properties.undeclaredHandlers() == UndeclaredHandlers.DENY) {
			return Refusal.of(Reason.ACCESS_DENIED);
		}
		Refusal refusal = handler.open() ? null : this.callers.refuse(rule(handler), caller, acting);
		if (refusal != null) {
			findings.addAll(lacking(refusal, caller, acting));
		}
		return refusal;
	}

	/** Return the rule of a handler as the inventory describes it. */
	private static Rule rule(HandlerDescription handler) {
		HandlerDescription.Demands demands = handler.demands();
		return new Rule(demands.scopes(), demands.roles(), demands.permissions(), demands.callers(), true,
				new ActorDemand(demands.delegation(), demands.actors()), handler.organizationScoped(), false);
	}

	/**
	 * Return the missing rights together with those of the same kind that the caller has.
	 */
	private static List<Finding> lacking(Refusal refusal, AccessToken caller, @Nullable Organization acting) {
		Reason reason = refusal.reason();
		if (Reason.INSUFFICIENT_SCOPE.equals(reason)) {
			return List.of(lacking("Scope", refusal, caller.scopes(), Set.of()));
		}
		if (Reason.INSUFFICIENT_ROLE.equals(reason)) {
			return List.of(lacking("Role", refusal, caller.roles(), (acting != null) ? acting.roles() : Set.of()));
		}
		if (Reason.INSUFFICIENT_PERMISSION.equals(reason)) {
			return List.of(lacking("Permission", refusal, caller.permissions(),
					(acting != null) ? acting.permissions() : Set.of()));
		}
		if (Reason.WRONG_CALLER.equals(reason)) {
			return List.of(Finding.of("Kind of caller", refusal.required().toString(),
					caller.callerType().name().toLowerCase(Locale.ROOT)));
		}
		return List.of();
	}

	private static Finding lacking(String kind, Refusal refusal, Collection<String> everywhere,
			Collection<String> here) {
		Set<String> held = new TreeSet<>(everywhere);
		held.addAll(here);
		return Finding.of(kind, refusal.required().toString(), held.toString());
	}

}
