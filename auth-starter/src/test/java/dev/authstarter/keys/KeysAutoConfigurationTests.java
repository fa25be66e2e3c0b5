package dev.authstarter.keys;

import java.time.Duration;
import java.util.List;

import dev.authstarter.AuthStarterAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class KeysAutoConfigurationTests {

	private final ApplicationContextRunner context = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AuthStarterAutoConfiguration.class, KeysAutoConfiguration.class))
		.withPropertyValues("auth-starter.issuer=https://issuer.example/", "auth-starter.audience=api");

	@Test
	void livesByDefault() {
		this.context.run((started) -> {
			assertThat(started.getBean(KeysTimes.class))
				.isEqualTo(new KeysTimes(Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofSeconds(2)));
			assertThat(started).hasSingleBean(PublishedTrustedKeys.class);
		});
	}

	@Test
	void leavesKeysToTheApplication() {
		TrustedKeys mine = (issuer, header) -> List.of();
		this.context.withBean(TrustedKeys.class, () -> mine)
			.run((started) -> assertThat(started.getBean(TrustedKeys.class)).isSameAs(mine));
	}

	@ParameterizedTest
	@CsvSource({ "time-to-live, 0", "time-to-live, -1s", "time-to-live, 86401s", "outage-tolerance, 0",
			"outage-tolerance, 86401s", "outage-tolerance, 299s", "fetch-timeout, 0", "fetch-timeout, 30001ms" })
	void refuses(String name, String value) {
		this.context.withPropertyValues("auth-starter.keys." + name + "=" + value)
			.run((started) -> assertThat(started).hasFailed()
				.getFailure()
				.rootCause()
				.satisfies((failure) -> assertThat(failure.toString()).contains("auth-starter.keys." + name)));
	}

	@ParameterizedTest
	@CsvSource({ "time-to-live, 1ms", "time-to-live, 1h", "outage-tolerance, 24h", "outage-tolerance, 5m",
			"fetch-timeout, 1ms", "fetch-timeout, 30s" })
	void accepts(String name, String value) {
		this.context.withPropertyValues("auth-starter.keys." + name + "=" + value)
			.run((started) -> assertThat(started).hasNotFailed());
	}

	@Test
	void acceptsTimesOfOneDay() {
		this.context.withPropertyValues("auth-starter.keys.time-to-live=24h", "auth-starter.keys.outage-tolerance=24h")
			.run((started) -> assertThat(started).hasNotFailed());
	}

}
