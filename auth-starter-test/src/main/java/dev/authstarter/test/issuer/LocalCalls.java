package dev.authstarter.test.issuer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import dev.authstarter.RequiresCaller.Delegation;
import dev.authstarter.access.HandlerDescription;
import dev.authstarter.access.HandlerDescription.Kind;
import dev.authstarter.configuration.AuthStarterProperties;
import dev.authstarter.test.ForgedToken;
import dev.authstarter.test.attack.endpoint.Needs;
import dev.authstarter.test.attack.endpoint.SamplePath;
import org.jspecify.annotations.Nullable;

/**
 * Calls of an application's handlers to try by hand: each with a token that has what the
 * handler asks for.
 */
final class LocalCalls {

	private static final Set<Kind> CALLED = Set.of(Kind.CONTROLLER, Kind.ROUTE);

	private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

	private static final String SOMEBODY = "local";

	private final ForgedToken good;

	private final LocalIssuerProperties wanted;

	private final String organization;

	private final SamplePath paths;

	/**
	 * Make calls.
	 * @param good a token that the application accepts
	 * @param wanted what the developer wants tokens to say
	 * @param properties how the application is configured
	 */
	LocalCalls(ForgedToken good, LocalIssuerProperties wanted, AuthStarterProperties properties) {
		this.good = good;
		this.wanted = wanted;
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
	 * @param token a token that has it
	 */
	record Call(String method, String path, String rule, ForgedToken token) {

		/**
		 * Write it for a shell.
		 * @param origin scheme, host, port and context path of the application
		 */
		String curl(String origin) {
			String request = method().equals("GET") ? "" : " -X " + method();
			String body = WITH_BODY.contains(method()) ? " -H 'Content-Type: application/json' -d '{}'" : "";
			return "# %s %s (%s)%ncurl -i%s%s -H 'Authorization: %s' '%s%s'".formatted(method(), path(),
					rule().isEmpty() ? "no rule" : rule(), request, body, token().authorization(), origin, path());
		}

	}

	/**
	 * Call the first handlers that need a token and can be called.
	 * @param handlers the handlers of the application
	 * @param maximum how many
	 * @return the calls, those without a body first
	 */
	List<Call> of(List<HandlerDescription> handlers, int maximum) {
		List<Call> calls = new ArrayList<>();
		handlers.stream()
			.filter((handler) -> CALLED.contains(handler.kind()) && !handler.open())
			.flatMap(this::calls)
			.forEach(calls::add);
		// Sorting is stable, so that the handlers keep their order otherwise.
		calls.sort(
				(one, other) -> Boolean.compare(WITH_BODY.contains(one.method()), WITH_BODY.contains(other.method())));
		return calls.subList(0, Math.min(maximum, calls.size()));
	}

	private Stream<Call> calls(HandlerDescription handler) {
		String method = (handler.methods().isEmpty() || handler.methods().contains("GET")) ? "GET"
				: handler.methods().iterator().next();
		return handler.patterns().stream().limit(1).flatMap((pattern) -> {
			String path = this.paths.of(pattern);
			return (path != null) ? Stream.of(new Call(method, path, handler.rule(), token(handler, pattern)))
					: Stream.empty();
		});
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
			return everywhere.forOrganization(this.organization,
					wantedOr(this.wanted.organizationRoles(), needs.roles()));
		}
		return (roles.length > 0) ? token.withRoles(roles) : token;
	}

	private static String[] wantedOr(List<String> wanted, List<List<String>> needed) {
		return wanted.isEmpty() ? Needs.firstOfEach(needed) : wanted.toArray(String[]::new);
	}

}
