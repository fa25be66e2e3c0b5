package dev.authstarter.test;

import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that has this module and not auth-starter.
 */
class MissingAuthStarterTests {

	/** What this module calls of auth-starter. */
	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withClassLoader(new FilteredClassLoader(
				(name) -> name.startsWith("dev.authstarter.") && !name.startsWith("dev.authstarter.test.")));

	@Test
	void saysWhatIsMissing() {
		this.runner.withUserConfiguration(Api.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(IllegalStateException.class)
				.hasMessage("This application is not protected: the dependency 'dev.authstarter:auth-starter' is "
						+ "missing. Add it beside 'dev.authstarter:auth-starter-test' and not in the scope 'test': "
						+ "production needs it."));
	}

	@Test
	void saysItBeforeAnythingElseIsMissed() {
		this.runner
			.withConfiguration(
					AutoConfigurations.of(TokenForgeAutoConfiguration.class, ForgedKeysAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@ImportAutoConfiguration(MissingAuthStarterAutoConfiguration.class)
	static class Api {

	}

}
