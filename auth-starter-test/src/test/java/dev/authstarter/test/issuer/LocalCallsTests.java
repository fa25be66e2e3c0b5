package dev.authstarter.test.issuer;

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
		assertThat(calls(Map.of(), HEALTH, CREATE, NOTES, ROUTE, PUBLIC, ODD)).extracting((call) -> call.curl("X"))
			.satisfiesExactly(
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
		assertThat(calls(Map.of("auth-starter.organization.allowed", "acme-*"), NOTES).get(0).path())
			.isEqualTo("/organizations/acme-local/notes/1");
	}

	private static Map<String, Object> claims(List<LocalCalls.Call> calls) throws ParseException {
		return SignedJWT.parse(calls.get(0).token().value()).getJWTClaimsSet().getClaims();
	}

	private static List<LocalCalls.Call> calls(Map<String, String> properties, HandlerDescription... handlers) {
		Binder binder = new Binder(new MapConfigurationPropertySource(properties));
		LocalCalls calls = new LocalCalls(TokenForge.of("https://issuer.example/", "https://api.example").token(),
				binder.bindOrCreate("local-issuer", LocalIssuerProperties.class),
				binder.bindOrCreate("auth-starter", AuthStarterProperties.class));
		return calls.of(List.of(handlers), 5);
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
