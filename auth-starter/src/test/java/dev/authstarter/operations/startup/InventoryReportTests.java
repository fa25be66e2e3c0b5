package dev.authstarter.operations.startup;

import java.util.List;
import java.util.Set;

import dev.authstarter.access.HandlerDescription;
import dev.authstarter.access.HandlerDescription.Demands;
import dev.authstarter.access.HandlerDescription.Kind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InventoryReportTests {

	private static final Demands NOTHING = new Demands(List.of(), List.of(), List.of(), Set.of());

	@Test
	void listsHandlersWithTheirRules() {
		HandlerDescription ruled = new HandlerDescription(Kind.CONTROLLER, Set.of("GET", "HEAD"),
				Set.of("/notes", "/memos"), "com.acme.Notes#list", "scope read:notes", false, true, false, true,
				NOTHING);
		HandlerDescription silent = new HandlerDescription(Kind.ROUTE, Set.of(), Set.of("/silent"), "route (/silent)",
				"", true, false, false, true, NOTHING);
		assertThat(InventoryReport.all(List.of(ruled, silent)).lines()).containsExactly("All handlers:",
				"  controller GET,HEAD /memos,/notes com.acme.Notes#list | scope read:notes | scoped to an organization",
				"  route      ANY /silent route (/silent) | -");
	}

}
