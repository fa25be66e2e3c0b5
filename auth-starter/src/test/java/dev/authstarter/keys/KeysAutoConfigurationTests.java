package dev.authstarter.keys;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import dev.authstarter.configuration.AuthStarterAutoConfiguration;
import dev.authstarter.event.EventAutoConfiguration;
import dev.authstarter.fixture.TestClock;
import dev.authstarter.issuer.IssuerAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class KeysAutoConfigurationTests {

	private final WebApplicationContextRunner context = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AuthStarterAutoConfiguration.class, EventAutoConfiguration.class,
				IssuerAutoConfiguration.class, KeysAutoConfiguration.class))
		.withPropertyValues("auth-starter.issuer=https://acme.example", "auth-starter.audience=one");

	@Test
	void defaultsSurviveAnOutageOfAnHour() {
		this.context.run((started) -> {
			assertThat(started.getBean(JwkSetLifetimes.class))
				.isEqualTo(new JwkSetLifetimes(Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofSeconds(2)));
			assertThat(started).hasSingleBean(RemoteTrustedKeys.class);
		});
	}

	@Test
	void leavesKeysToTheApplicationButStillValidatesTimes() {
		TrustedKeys own = (issuer) -> KeyLookup.Unavailable::new;
		WebApplicationContextRunner withOwn = this.context.withBean(TrustedKeys.class, () -> own);
		withOwn.run((started) -> assertThat(started.getBean(TrustedKeys.class)).isSameAs(own));
		withOwn.withPropertyValues("auth-starter.keys.fetch-timeout=1h")
			.run((started) -> assertThat(started).hasFailed());
	}

	@Test
	void takesClockOfTheApplication() {
		this.context
			.withBean(AuthStarterAutoConfiguration.CLOCK, Clock.class,
					() -> new TestClock(Instant.parse("2026-03-01T10:00:00Z")))
			.run((started) -> assertThat(started).hasNotFailed());
	}

	@ParameterizedTest
	@CsvSource({ "15s, 1h, 2s", "24h, 24h, 2s", "5m, 5m, 30s", "5m, 1h, 1ms" })
	void acceptsTimesToTheirLimits(String timeToLive, String tolerance, String timeout) {
		this.context
			.withPropertyValues("auth-starter.keys.time-to-live=" + timeToLive,
					"auth-starter.keys.outage-tolerance=" + tolerance, "auth-starter.keys.fetch-timeout=" + timeout)
			.run((started) -> assertThat(started).hasNotFailed());
	}

	@ParameterizedTest
	@ValueSource(strings = { "time-to-live=0s", "time-to-live=-1s", "time-to-live=14999ms", "time-to-live=86400001ms",
			"outage-tolerance=0s", "outage-tolerance=86400001ms", "outage-tolerance=299999ms", "fetch-timeout=0s",
			"fetch-timeout=30001ms" })
	void refusesTimesBeyond(String property) {
		this.context.withPropertyValues("auth-starter.keys." + property)
			.run((started) -> assertThat(started).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class,
						(ex) -> assertThat(ex.getName())
							.isEqualTo("auth-starter.keys." + property.substring(0, property.indexOf('=')))));
	}

}
