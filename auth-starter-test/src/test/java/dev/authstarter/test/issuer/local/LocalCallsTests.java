package dev.authstarter.test.issuer.local;

import java.text.ParseException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.nimbusds.jwt.SignedJWT;
import dev.authstarter.CallerType;
import dev.authstarter.RequiresCaller.Delegation;
import dev.authstarter.access.HandlerDescription;
import dev.authstarter.access.HandlerDescription.Demands;
import dev.authstarter.access.HandlerDescription.Kind;
import dev.authstarter.configuration.AuthStarterProperties;
import dev.authstarter.test.TokenForge;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class LocalCallsTests {

	private static final Demands NOTHING = demands(Delegation.ALLOWED, CallerType.values());

	private static final HandlerDescription HEALTH = handler(Kind.ENDPOINT, "GET", "/actuator/health", NOTHING, false);

	private static final HandlerDescription CREATE = handler(Kind.CONTROLLER, "POST", "/notes", NOTHING, false);

	private static final HandlerDescription NOTES = handler(Kind.CONTROLLER, "GET",
			"/organizations/{organizationId}/notes/{id:[0-9]+}",
			new Demands(List.of(List.of("read", "write"), List.of("more")), List.of(List.of("editor")),
					List.of(List.of("look")), EnumSet.allOf(CallerType.class)),
			false);

	private static final HandlerDescription ROUTE = handler(Kind.ROUTE, "GET", "/route", NOTHING, false);

	private static final HandlerDescription PUBLIC = handler(Kind.CONTROLLER, "GET", "/public", NOTHING, true);

	private static final HandlerDescription MACHINE = handler(Kind.CONTROLLER, "GET", "/machine",
			demands(Delegation.REQUIRED, CallerType.MACHINE), false);

	private static final HandlerDescription ODD = handler(Kind.CONTROLLER, "GET", "/{odd:x{7}y{9}}", NOTHING, false);

	@Test
	void areOfHandlersThatNeedTokenAndThoseWithBodyComeLast() {
		assertThat(calls(Map.of(), HEALTH, CREATE, NOTES, ROUTE, PUBLIC, ODD)).satisfiesExactly(
				(notes) -> assertThat(notes)
					.startsWith("# GET /organizations/org_local/notes/1 (rule)%ncurl -i -H".formatted())
					.endsWith("'X/organizations/org_local/notes/1'"),
				(route) -> assertThat(route).contains("GET /route (rule)"), (create) -> assertThat(create).contains(
						"curl -i -X POST -H 'Content-Type: application/json' -d '{}' -H 'Authorization: Bearer ey"));
		assertThat(calls(Map.of(), ROUTE, ROUTE, ROUTE, ROUTE, ROUTE, ROUTE)).hasSize(5);
	}

	@Test
	void bearWhatTheHandlerAsksFor() throws ParseException {
		Map<String, Object> claims = claims(calls(Map.of(), NOTES));
		assertThat(claims).containsEntry("scope", "read more").containsEntry("org_id", "org_local");
		assertThat(claims.toString()).contains("editor", "look");
		assertThat(claims(calls(Map.of(), MACHINE))).containsEntry("sub", "local")
			.containsEntry("act", Map.of("sub", "local"));
	}

	@Test
	void bearWhatTheDeveloperWants() throws ParseException {
		Map<String, Object> claims = claims(calls(Map.of("local-issuer.scopes", "all", "local-issuer.organization",
				"org_acme", "local-issuer.organization-roles", "viewer", "local-issuer.subject", "auth0|42"), NOTES));
		assertThat(claims).containsEntry("scope", "all")
			.containsEntry("org_id", "org_acme")
			.containsEntry("sub", "auth0|42");
		assertThat(claims.toString()).contains("viewer").doesNotContain("editor");
	}

	@Test
	void nameAnOrganizationThatIsAllowed() {
		assertThat(calls(Map.of("auth-starter.organization.allowed", "acme-*"), NOTES).get(0))
			.contains("/organizations/acme-local/notes/1");
	}

	@Test
	void bearRolesOfTheDeveloperAlone() throws ParseException {
		assertThat(claims(calls(Map.of("local-issuer.roles", "viewer"), NOTES)).toString()).contains("viewer")
			.doesNotContain("editor");
	}

	@Test
	void takeAnEmptyTextForNone() {
		assertThat(calls(Map.of("local-issuer.organization", "", "local-issuer.subject", ""), NOTES).get(0))
			.contains("org_local");
	}

	@Test
	void leaveOutWhatIsDeniedToAllCallers() {
		assertThat(calls(Map.of("auth-starter.undeclared-handlers", "deny"), ROUTE, CREATE)).isEmpty();
	}

	@Test
	void areOneLineEach() {
		HandlerDescription expression = new HandlerDescription(Kind.CONTROLLER, Set.of("HEAD"), Set.of("/x"),
				"com.acme.Handler", "hasRole('a')\n  and true", false, false, false, true, NOTHING);
		assertThat(calls(Map.of(), expression).get(0).lines()).hasSize(2)
			.first(InstanceOfAssertFactories.STRING)
			.isEqualTo("# HEAD /x (hasRole('a') and true)");
		assertThat(calls(Map.of(), expression).get(0)).contains("curl -I -H");
	}

	/** Some characters of a path mean something to a shell. */
	@Test
	void areOneWordForEachArgumentWhateverTheOrganization() {
		String line = calls(Map.of("local-issuer.organization", "x'$(id);`id`\n'"), NOTES).get(0);
		assertThat(line.lines()).hasSize(2);
		assertThat(line).contains("/organizations/x%27%24%28id%29%3B%60id%60").endsWith("%27/notes/1'");
	}

	private static Map<String, Object> claims(List<String> calls) throws ParseException {
		return SignedJWT.parse(calls.get(0).replaceAll("(?s).*Bearer (\\S+)' .*", "$1")).getJWTClaimsSet().getClaims();
	}

	private static List<String> calls(Map<String, String> properties, HandlerDescription... handlers) {
		Binder binder = new Binder(new MapConfigurationPropertySource(properties));
		LocalCalls calls = new LocalCalls(TokenForge.of("https://issuer.example/", "https://api.example").token(),
				binder.bindOrCreate("local-issuer", LocalIssuerProperties.class),
				binder.bindOrCreate("auth-starter", AuthStarterProperties.class));
		return calls.lines(List.of(handlers), "X", 5);
	}

	private static Demands demands(Delegation delegation, CallerType... callers) {
		return new Demands(List.of(), List.of(), List.of(), EnumSet.copyOf(Arrays.asList(callers)), delegation,
				Set.of());
	}

	private static HandlerDescription handler(Kind kind, String method, String pattern, Demands demands, boolean open) {
		return new HandlerDescription(kind, Set.of(method), Set.of(pattern), "com.acme.Handler", "rule", true, false,
				open, true, demands);
	}

}
