package dev.authstarter.test.coverage;

import java.util.List;
import java.util.Map;

import dev.authstarter.attacked.Outcome;
import dev.authstarter.attacked.SeparateProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Coverage of WebFlux applications. What is counted is static, so each run has classes of
 * its own.
 */
class FluxCoverageTests {

	private static final String TESTS = "dev.authstarter.flux.CoveredTests";

	private static final String NEITHER = ": never called by a caller who is allowed, nor with one who is refused";

	private static final String NOT_ALLOWED = ": never called by a caller who is allowed";

	private static final String NOT_REFUSED = ": never called by a caller who is refused";

	private static final List<String> GAPS = List.of(handler("/broken", "broken") + NOT_REFUSED,
			handler("/missing/{id}", "missing") + NOT_REFUSED, handler("/never", "never") + NEITHER,
			handler("/only-allowed", "onlyAllowed") + NOT_REFUSED,
			"GET /routes/{id}/never (route (GET && /routes/{id}/never))" + NEITHER,
			handler("/same", "sameWithTwo") + NOT_ALLOWED, handler("/scope/only-refused", "onlyRefused") + NOT_ALLOWED);

	@ParameterizedTest
	@ValueSource(strings = { "WithoutServer", "OverHttp" })
	void namesGaps(String tests) throws Exception {
		Outcome outcome = run("fail", TESTS + "$" + tests);
		assertThat(outcome.passed()).containsExactly("callers()");
		assertThat(gaps(outcome)).containsExactlyInAnyOrderElementsOf(GAPS);
		assertThat(outcome.messages()).contains("Handlers called by tests: 6 of 13");
	}

	@Test
	void countsSliceWithTheOtherContexts() throws Exception {
		Outcome outcome = run("fail", TESTS + "$WithoutServer", TESTS + "$InASlice");
		assertThat(outcome.passed()).containsExactly("callers()", "callerIsRefused(WebTestClient)");
		assertThat(gaps(outcome)).hasSize(GAPS.size() - 1).doesNotContain(GAPS.get(3));
	}

	@Test
	void leavesAnswersOnUnknownPathsAsTheyAre() throws Exception {
		assertThat(run("report", TESTS + "$OnUnknownPaths").failures()).isEmpty();
	}

	@Test
	void isOffByDefault() throws Exception {
		assertThat(run("off", TESTS + "$WithoutServer").failures()).isEmpty();
	}

	private static Outcome run(String mode, String... tests) throws ReflectiveOperationException {
		return SeparateProject.with((entry) -> true)
			.run(Map.of("junit.jupiter.extensions.autodetection.enabled", "true", "auth-starter.coverage", mode),
					tests);
	}

	private static List<String> gaps(Outcome outcome) {
		return outcome.messages().lines().filter((line) -> line.contains("never called")).map(String::strip).toList();
	}

	private static String handler(String pattern, String method) {
		return "GET %s (dev.authstarter.flux.CoveredApplication$Handlers#%s)".formatted(pattern, method);
	}

}
