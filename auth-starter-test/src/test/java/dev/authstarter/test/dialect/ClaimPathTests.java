package dev.authstarter.test.dialect;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A claim that is written to the copy of a token must not change the original.
 */
class ClaimPathTests {

	private static final Map<String, String> ACME = Map.of(ClaimPath.ORGANIZATION, "org_acme");

	@ParameterizedTest
	@ValueSource(strings = { "/app/roles", "/app/{org}/roles", "/app/list/*", "/app/orgs/{org:id}/roles",
			"/app/orgs/{org:id}/more/roles" })
	void copyOfADraftChangesAlone(String selector) {
		Draft draft = new Draft();
		ClaimPath.parse("/app/list/*", "").write(draft.claims(), Map.of(), "a");
		ClaimPath.parse("/app/orgs/{org:id}/name", "").write(draft.claims(), ACME, "Acme");
		String before = draft.toString();
		Draft copy = draft.copy();
		ClaimPath.parse(selector, "").write(copy.claims(), ACME, List.of("editor"));
		assertThat(draft).hasToString(before);
		assertThat(copy).asString().contains("editor", "Acme", "[a");
	}

	@Test
	void writesNothingWhereThereIsNoRoom() {
		Draft draft = new Draft();
		draft.claims().put("app", Map.of("roles", "viewer"));
		String before = draft.toString();
		assertThatExceptionOfType(ClaimPath.OccupiedException.class).isThrownBy(
				() -> ClaimPath.parse("/app/roles/{org}", "").write(draft.claims(), Map.of(), List.of("editor")));
		assertThat(draft).hasToString(before);
	}

}
