package dev.authstarter.test.attack;

import java.util.Map;

import dev.authstarter.attacked.NoteApplication;
import dev.authstarter.attacked.Outcome;
import dev.authstarter.attacked.PlantedHoles;
import dev.authstarter.configuration.AccessRuleException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Mistakes of applications are found: start-up fails, the start-up report warns, or an
 * attack succeeds.
 */
@ExtendWith(OutputCaptureExtension.class)
class PlantedHolesTests {

	private final WebApplicationContextRunner application = new WebApplicationContextRunner()
		.withUserConfiguration(NoteApplication.class)
		.withPropertyValues("auth-starter.issuer=https://issuer.example/", "auth-starter.audience=https://api.example");

	@ParameterizedTest
	@ValueSource(classes = { PlantedHoles.BoundFromQuery.class, PlantedHoles.BoundFromText.class,
			PlantedHoles.BoundFromBody.class })
	void startFailsWhereRequestsNameTheOrganization(Class<?> hole) {
		this.application.withBean(hole)
			.run((started) -> assertThat(started.getStartupFailure()).isInstanceOf(AccessRuleException.class)
				.hasMessageContaining(hole.getName() + "#hole would be bound from the request"));
	}

	@Test
	void startUpWarnsOfVariableThatIsNotCompared(CapturedOutput output) {
		this.application.withBean(PlantedHoles.OtherVariable.class)
			.run((started) -> assertThat(started).hasNotFailed());
		assertThat(warnings(output)).contains("'{libraryId}' of /libraries/{libraryId}/books",
				"add it to 'auth-starter.organization.path-variables'");
	}

	@Test
	void startWarnsOfPublicPathsThatOpenEverything(CapturedOutput output) {
		this.application.withPropertyValues("auth-starter.public-paths=/**")
			.run((started) -> assertThat(started).hasNotFailed());
		assertThat(warnings(output)).contains("'auth-starter.public-paths' is '/**', which makes every path public");
	}

	@ParameterizedTest
	@ValueSource(classes = { PlantedHoles.ForgottenRuleSuite.class, PlantedHoles.FriendlyAdviceSuite.class,
			PlantedHoles.SecondServletSuite.class })
	void attackSucceeds(Class<?> suite) {
		Outcome outcome = Outcome.of(Map.of(), suite);
		assertThat(outcome.failed()).containsExactly("useless-token");
		assertThat(outcome.messages()).contains("it was not refused: any valid token is enough",
				"expected:  401, 403 or a reason code");
	}

	private static String warnings(CapturedOutput output) {
		return String.join("\n", output.getAll().lines().filter((line) -> line.startsWith("  warning: ")).toList());
	}

}
