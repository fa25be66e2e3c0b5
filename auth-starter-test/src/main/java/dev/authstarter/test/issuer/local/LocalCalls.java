package dev.authstarter.test.issuer.local;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.authstarter.RequiresCaller.Delegation;
import dev.authstarter.access.HandlerDescription;
import dev.authstarter.access.HandlerDescription.Kind;
import dev.authstarter.configuration.AuthStarterProperties;
import dev.authstarter.configuration.UndeclaredHandlers;
import dev.authstarter.test.ForgedToken;
import dev.authstarter.test.attack.endpoint.Needs;
import dev.authstarter.test.attack.endpoint.SamplePath;
import org.jspecify.annotations.Nullable;

import org.springframework.web.util.pattern.PatternParseException;

/**
 * Calls of an application's handlers to try by hand: each with a token that has what the
 * handler asks for.
 */
public final class LocalCalls {

	private static final Set<Kind> CALLED = Set.of(Kind.CONTROLLER, Kind.ROUTE);

	private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

	private static final String SOMEBODY = "local";

	private final ForgedToken good;

	private final LocalIssuerProperties wanted;

	private final String organization;

	private final SamplePath paths;

	/** Whether handlers without a rule refuse everybody. */
	private final boolean denied;

	/**
	 * Make calls.
	 * @param good a token that the application accepts
	 * @param wanted what the developer wants tokens to say
	 * @param properties how the application is configured
	 */
	public LocalCalls(ForgedToken good, LocalIssuerProperties wanted, AuthStarterProperties properties) {
		this.good = good;
		this.wanted = wanted;
		this.denied = properties.undeclaredHandlers() == UndeclaredHandlers.DENY;
		this.organization = (wanted.organization() != null) ? wanted.organization()
				: allowed(properties.organization().allowed());
		this.paths = new SamplePath(properties.organization().pathVariables(), this.organization);
	}

	/** An id that is allowed, or one of the ids that begin as it says. */
	private static String allowed(@Nullable List<String> patterns) {
		return (patterns == null || patterns.isEmpty()) ? "org_local" : patterns.get(0).replace("*", SOMEBODY);
	}

	/**
	 * A call.
	 *
	 * @param method the HTTP method
	 * @param path the path below the application's
	 * @param rule what the handler asks for, as the inventory says it
	 * @param authorization the value of the header with a token that has it, or
	 * {@code null} if there is none
	 * @param problem why there is no such token, or {@code null}
	 */
	public record Call(String method, String path, String rule, @Nullable String authorization,
			@Nullable String problem) {

		/**
		 * Write it for a POSIX shell.
		 * @param origin scheme, host, port and context path of the application
		 */
		public String curl(String origin) {
			String comment = "# %s %s (%s)".formatted(method(), path(),
					rule().isEmpty() ? "no rule" : rule().replaceAll("\\s+", " "));
			if (authorization() == null) {
				return "%s%n# %s".formatted(comment, problem());
			}
			String request = switch (method()) {
				case "GET" -> "-i";
				case "HEAD" -> "-I";
				default -> "-i -X " + method();
			};
			String body = WITH_BODY.contains(method()) ? " -H 'Content-Type: application/json' -d '{}'" : "";
			return "%s%ncurl %s%s -H 'Authorization: %s' '%s%s'".formatted(comment, request, body, authorization(),
					origin, path());
		}

	}

	/**
	 * Call the first handlers that need a token and can be called.
	 * @param handlers the handlers of the application
	 * @param maximum how many
	 * @return the calls, those without a body first
	 */
	public List<Call> of(List<HandlerDescription> handlers, int maximum) {
		return handlers.stream()
			.filter((handler) -> CALLED.contains(handler.kind()) && !handler.open())
			.filter((handler) -> !(this.denied && handler.undeclared()))
			// Sorting is stable, so that the handlers keep their order otherwise.
			.sorted(Comparator.comparing((handler) -> WITH_BODY.contains(method(handler))))
			.flatMap((handler) -> call(handler).stream())
			.limit(maximum)
			.toList();
	}

	private static String method(HandlerDescription handler) {
		return (handler.methods().isEmpty() || handler.methods().contains("GET")) ? "GET"
				: handler.methods().iterator().next();
	}

	/** A provider has no claim for some rights, and some patterns have no example. */
	private Optional<Call> call(HandlerDescription handler) {
		if (handler.patterns().isEmpty()) {
			return Optional.empty();
		}
		String pattern = handler.patterns().iterator().next();
		try {
			String path = this.paths.of(pattern);
			return Optional.ofNullable(path).map((found) -> call(handler, pattern, found));
		}
		catch (PatternParseException ex) {
			return Optional.empty();
		}
	}

	private Call call(HandlerDescription handler, String pattern, String path) {
		try {
			return new Call(method(handler), path, handler.rule(), token(handler, pattern).authorization(), null);
		}
		catch (IllegalArgumentException ex) {
			return new Call(method(handler), path, handler.rule(), null, String.valueOf(ex.getMessage()));
		}
	}

	private ForgedToken token(HandlerDescription handler, String pattern) {
		Needs needs = Needs.of(handler);
		ForgedToken token = "machine".equals(needs.caller()) ? this.good.asMachine(SOMEBODY)
				: (this.wanted.subject() != null) ? this.good.asUser(this.wanted.subject()) : this.good;
		if (needs.delegation() == Delegation.REQUIRED) {
			token = token.withClaim("act", Map.of("sub", (needs.actor() != null) ? needs.actor() : SOMEBODY));
		}
		String[] scopes = wantedOr(this.wanted.scopes(), needs.scopes());
		if (scopes.length > 0) {
			token = token.withScopes(scopes);
		}
		String[] permissions = wantedOr(this.wanted.permissions(), needs.permissions());
		if (permissions.length > 0) {
			token = token.withPermissions(permissions);
		}
		return withRoles(token, handler, pattern, needs);
	}

	/** Roles count in the organization, where there is one. */
	private ForgedToken withRoles(ForgedToken token, HandlerDescription handler, String pattern, Needs needs) {
		String[] roles = wantedOr(this.wanted.roles(), needs.roles());
		if (this.wanted.organization() != null || handler.organizationScoped()
				|| this.paths.namesOrganization(pattern)) {
			ForgedToken everywhere = this.wanted.roles().isEmpty() ? token : token.withRoles(roles);
			return everywhere.forOrganization(this.organization, organizationRoles(needs));
		}
		return (roles.length > 0) ? token.withRoles(roles) : token;
	}

	/** Who sets roles means those alone. */
	private String[] organizationRoles(Needs needs) {
		return this.wanted.roles().isEmpty() ? wantedOr(this.wanted.organizationRoles(), needs.roles())
				: this.wanted.organizationRoles().toArray(String[]::new);
	}

	private static String[] wantedOr(List<String> wanted, List<List<String>> needed) {
		return wanted.isEmpty() ? Needs.firstOfEach(needed) : wanted.toArray(String[]::new);
	}

}
