package dev.authstarter.test.issuer.local;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
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
 * Example calls of an application's handlers, each with a token that has what the handler
 * requires.
 */
public final class LocalCalls {

	private static final Set<Kind> CALLED = Set.of(Kind.CONTROLLER, Kind.ROUTE);

	private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

	private final ForgedToken good;

	private final LocalIssuerProperties wanted;

	private final String organization;

	private final Collection<String> organizationVariables;

	/** Whether handlers without a rule deny all callers. */
	private final boolean denied;

	/**
	 * Make calls.
	 * @param good a token that the application accepts
	 * @param wanted the content of tokens that the developer configured
	 * @param properties the configuration of the application
	 */
	public LocalCalls(ForgedToken good, LocalIssuerProperties wanted, AuthStarterProperties properties) {
		this.good = good;
		this.wanted = wanted;
		this.denied = properties.undeclaredHandlers() == UndeclaredHandlers.DENY;
		this.organization = (wanted.organization() != null) ? wanted.organization()
				: allowed(properties.organization().allowed());
		this.organizationVariables = properties.organization().pathVariables();
	}

	/**
	 * Return an allowed identifier, or an invented one that matches an allowed prefix.
	 */
	private static String allowed(@Nullable List<String> patterns) {
		return (patterns == null || patterns.isEmpty()) ? "org_local"
				: patterns.get(0).replace("*", WantedToken.DEFAULT_SUBJECT);
	}

	/**
	 * A call.
	 *
	 * @param method the HTTP method
	 * @param pattern the pattern of the path
	 * @param path the path, without the context path
	 * @param rule the requirements of the handler, as the inventory describes them
	 * @param needs the content of a token that the handler accepts
	 */
	record Call(String method, String pattern, String path, String rule, WantedToken needs) {

		/**
		 * Return the name of the call, which does not depend on the organization in its
		 * path.
		 */
		String name() {
			return method() + " " + pattern();
		}

		/** Return the shell comment for the call. */
		String comment() {
			return Shell.comment("%s %s (%s)".formatted(method(), path(), rule().isEmpty() ? "no rule" : rule()));
		}

		/**
		 * Write it for a POSIX shell.
		 * @param origin scheme, host, port and context path of the application
		 * @param token the token to send
		 */
		String curl(String origin, ForgedToken token) {
			String request = switch (method()) {
				case "GET" -> "-i";
				case "HEAD" -> "-I";
				default -> "-i -X " + Shell.word(method());
			};
			String body = WITH_BODY.contains(method()) ? " -H 'Content-Type: application/json' -d '{}'" : "";
			return "curl %s%s -H %s %s".formatted(request, body, Shell.quote("Authorization: " + token.authorization()),
					Shell.quote(origin + path()));
		}

	}

	/**
	 * Write the first calls for a POSIX shell, each with a token that has what the
	 * handler requires, or with the reason why there is none.
	 * @param handlers the handlers of the application
	 * @param origin scheme, host, port and context path of the application
	 * @param maximum the maximum number of calls
	 */
	public List<String> lines(List<HandlerDescription> handlers, String origin, int maximum) {
		return of(handlers, null).stream()
			.limit(maximum)
			.map((call) -> "%s%n%s".formatted(call.comment(), line(call, origin)))
			.toList();
	}

	private String line(Call call, String origin) {
		try {
			return call.curl(origin, call.needs().from(this.good));
		}
		catch (IllegalArgumentException ex) {
			return Shell.comment(String.valueOf(ex.getMessage()));
		}
	}

	/**
	 * Return calls of all handlers that need a token and can be called.
	 * @param handlers the handlers of the application
	 * @param organization the organization to call in, or {@code null} for the default
	 * @return the calls, those without a body first
	 */
	List<Call> of(List<HandlerDescription> handlers, @Nullable String organization) {
		String where = (organization != null) ? organization : this.organization;
		SamplePath paths = new SamplePath(this.organizationVariables, where);
		return handlers.stream()
			.filter((handler) -> CALLED.contains(handler.kind()) && !handler.open())
			.filter((handler) -> !(this.denied && handler.undeclared()))
			// Sorting is stable, so the handlers otherwise keep their order.
			.sorted(Comparator.comparing((handler) -> WITH_BODY.contains(method(handler))))
			.flatMap((handler) -> call(handler, paths, where).stream())
			.toList();
	}

	private static String method(HandlerDescription handler) {
		return (handler.methods().isEmpty() || handler.methods().contains("GET")) ? "GET"
				: handler.methods().iterator().next();
	}

	/** Some patterns have no example. */
	private Optional<Call> call(HandlerDescription handler, SamplePath paths, String organization) {
		if (handler.patterns().isEmpty()) {
			return Optional.empty();
		}
		String pattern = handler.patterns().iterator().next();
		try {
			boolean scoped = handler.organizationScoped() || paths.namesOrganization(pattern);
			return Optional.ofNullable(paths.of(pattern))
				.map((path) -> new Call(method(handler), pattern, path, handler.rule(),
						needs(handler, scoped ? organization : this.wanted.organization())));
		}
		catch (PatternParseException ex) {
			return Optional.empty();
		}
	}

	private WantedToken needs(HandlerDescription handler, @Nullable String organization) {
		Needs needs = Needs.of(handler);
		boolean machine = "machine".equals(needs.caller());
		String actor = (needs.actor() != null) ? needs.actor() : WantedToken.DEFAULT_SUBJECT;
		List<String> roles = wantedOr(this.wanted.roles(), needs.roles());
		// Roles hold in the organization, if there is one.
		return new WantedToken(machine, machine ? null : this.wanted.subject(),
				wantedOr(this.wanted.scopes(), needs.scopes()), (organization != null) ? this.wanted.roles() : roles,
				wantedOr(this.wanted.permissions(), needs.permissions()), organization,
				(organization != null) ? organizationRoles(needs) : List.of(),
				(needs.delegation() == Delegation.REQUIRED) ? actor : null);
	}

	/**
	 * Configured roles replace the roles that the handler requires in the organization.
	 */
	private List<String> organizationRoles(Needs needs) {
		return this.wanted.roles().isEmpty() ? wantedOr(this.wanted.organizationRoles(), needs.roles())
				: this.wanted.organizationRoles();
	}

	private static List<String> wantedOr(List<String> wanted, List<List<String>> needed) {
		return wanted.isEmpty() ? List.of(Needs.firstOfEach(needed)) : wanted;
	}

}
