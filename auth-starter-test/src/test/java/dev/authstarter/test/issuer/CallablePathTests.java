package dev.authstarter.test.issuer;

import java.util.List;
import java.util.Set;

import dev.authstarter.access.HandlerDescription;
import dev.authstarter.access.HandlerDescription.Demands;
import dev.authstarter.access.HandlerDescription.Kind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CallablePathTests {

	private static final HandlerDescription HEALTH = handler(Kind.ENDPOINT, "GET", "/actuator/health");

	private static final HandlerDescription CANCEL = handler(Kind.CONTROLLER, "DELETE", "/all");

	private static final HandlerDescription NOTE = handler(Kind.CONTROLLER, "GET", "/notes/{id}");

	private static final HandlerDescription FILES = handler(Kind.CONTROLLER, "GET", "/files/**");

	private static final HandlerDescription NOTES = handler(Kind.CONTROLLER, "GET",
			"/organizations/{organizationId}/notes");

	private static final HandlerDescription ROUTE = handler(Kind.ROUTE, "GET", "/route");

	@Test
	void isTheFirstThatCanBeWrittenDown() {
		assertThat(path("org_acme", HEALTH, CANCEL, NOTE, FILES, NOTES, ROUTE))
			.isEqualTo("/organizations/org_acme/notes");
	}

	@Test
	void leavesOutWhereATokenWithoutOrganizationIsRefused() {
		assertThat(path("", NOTES, ROUTE)).isEqualTo("/route");
	}

	@Test
	void isTheRootWhereNothingCanBeWrittenDown() {
		assertThat(path("org_acme", HEALTH, CANCEL, NOTE, FILES)).isEqualTo("/");
	}

	private static String path(String organization, HandlerDescription... handlers) {
		return CallablePath.of(List.of(handlers), Set.of("organizationId"), organization);
	}

	private static HandlerDescription handler(Kind kind, String method, String pattern) {
		return new HandlerDescription(kind, Set.of(method), Set.of(pattern), "com.acme.Handler", "", true, false, false,
				true, new Demands(List.of(), List.of(), List.of(), Set.of()));
	}

}
