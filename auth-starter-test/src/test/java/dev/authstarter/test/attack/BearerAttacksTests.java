package dev.authstarter.test.attack;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.authstarter.attacked.NoteApplication;
import dev.authstarter.attacked.NoteController;
import dev.authstarter.test.AutoConfigureForgedTokens;
import dev.authstarter.test.attack.catalogue.Attack;
import dev.authstarter.test.attack.catalogue.Catalogue;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@WebMvcTest(NoteController.class)
@ContextConfiguration(classes = NoteApplication.class)
@AutoConfigureForgedTokens
class BearerAttacksTests {

	private final BearerAttacks attacks;

	BearerAttacksTests(@Autowired MockMvc mvc) {
		this.attacks = BearerAttacks.against(mvc);
	}

	@Test
	void knowsMoreThanSixtyAttacksByDifferentNames() {
		Set<String> names = Catalogue.all().stream().map(Attack::name).collect(Collectors.toSet());
		assertThat(names).hasSameSizeAs(Catalogue.all()).hasSizeGreaterThan(60);
	}

	@Test
	void testsOneEndpointPerContainerAndReports() {
		assertThat(names(this.attacks)).contains("GET /me", "GET /organizations/{organizationId}/notes")
			.last()
			.asString()
			.startsWith("report: ");
	}

	@Test
	void leavesOutWhatIsExcluded() {
		assertThat(tests("GET /me")).contains("no-token", "other-audience");
		this.attacks.except("no-token", "the gateway refuses it").except("other-audience", "there is only one");
		assertThat(tests("GET /me")).doesNotContain("no-token", "other-audience").isNotEmpty();
	}

	@Test
	void leavesOutEndpoint() {
		this.attacks.exceptEndpoint("GET /me", "no caller may call it");
		assertThat(tests("GET /me")).isEmpty();
		assertThat(tests("GET /notes/mine")).isNotEmpty();
	}

	@Test
	void sendsBadTokensToOpenEndpointsNevertheless() {
		this.attacks.open("GET /status", "platforms ask");
		assertThat(tests("GET /status")).doesNotContain("no-token", "cookie").contains("two-headers", "expired");
	}

	@Test
	void leavesOutWhatMakesNoSense() {
		assertThat(tests("GET /me")).doesNotContain("foreign-organization", "scope-missing", "role-missing",
				"permission-missing", "wrong-caller", "form-body");
		assertThat(tests("GET /notes/stock")).doesNotContain("scope-missing");
		assertThat(tests("POST /notes")).contains("scope-missing", "permission-missing", "form-body")
			.doesNotContain("scope-incomplete");
		assertThat(tests("GET /notes/mine")).contains("organization-missing", "wrong-caller")
			.doesNotContain("foreign-organization");
	}

	@Test
	void refusesNameOfNoAttack() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.attacks.except("no-tokens", "a typo"))
			.withMessageContaining("There is no attack 'no-tokens'")
			.withMessageContaining("no-token, ");
	}

	@ParameterizedTest
	@CsvSource({ "GET /mee", "POST /me", "/me" })
	void refusesNameOfNoEndpoint(String endpoint) {
		this.attacks.exceptEndpoint(endpoint, "a typo");
		assertThatIllegalArgumentException().isThrownBy(this.attacks::everyEndpoint)
			.withMessageContaining("There is no endpoint " + endpoint)
			.withMessageContaining("GET /me");
	}

	@Test
	void demandsReason() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.attacks.except("no-token", " "))
			.withMessageContaining("The reason cannot be blank");
	}

	@Test
	void saysThatAuthStarterIsMissing() {
		MockMvc standalone = MockMvcBuilders.standaloneSetup(new OtherController()).build();
		assertThatIllegalStateException().isThrownBy(() -> BearerAttacks.against(standalone).everyEndpoint())
			.withMessageContaining("@AutoConfigureForgedTokens");
	}

	private List<String> tests(String endpoint) {
		try (Stream<DynamicNode> nodes = this.attacks.everyEndpoint()) {
			return nodes.filter((node) -> node.getDisplayName().equals(endpoint))
				.flatMap((node) -> ((DynamicContainer) node).getChildren())
				.map(DynamicNode::getDisplayName)
				.toList();
		}
	}

	private static List<String> names(BearerAttacks attacks) {
		try (Stream<DynamicNode> nodes = attacks.everyEndpoint()) {
			return nodes.map(DynamicNode::getDisplayName).toList();
		}
	}

	@RestController
	static class OtherController {

		@GetMapping("/other")
		String other() {
			return "other";
		}

	}

}
