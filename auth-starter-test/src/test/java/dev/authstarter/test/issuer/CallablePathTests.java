package dev.authstarter.test.issuer;

import java.util.List;
import java.util.Set;

import dev.authstarter.access.Handler;
import dev.authstarter.access.Handler.Demands;
import dev.authstarter.access.Handler.Kind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CallablePathTests {

	private static final Handler HEALTH = handler(Kind.ENDPOINT, "GET", "/actuator/health");

	private static final Handler CANCEL = handler(Kind.CONTROLLER, "DELETE", "/all");

	private static final Handler NOTE = handler(Kind.CONTROLLER, "GET", "/notes/{id}");

	private static final Handler FILES = handler(Kind.CONTROLLER, "GET", "/files/**");

	private static final Handler NOTES = handler(Kind.CONTROLLER, "GET", "/organizations/{organizationId}/notes");

	private static final Handler ROUTE = handler(Kind.ROUTE, "GET", "/route");

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

	private static String path(String organization, Handler... handlers) {
		return CallablePath.of(List.of(handlers), Set.of("organizationId"), organization);
	}

	private static Handler handler(Kind kind, String method, String pattern) {
		return new Handler(kind, Set.of(method), Set.of(pattern), "com.acme.Handler", "", true, false, false, true,
				new Demands(List.of(), List.of(), List.of(), Set.of()));
	}

}
