package dev.authstarter.configuration;

import dev.authstarter.configuration.BootVersionCheck.UnsupportedVersionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.context.ApplicationListener;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class BootVersionCheckTests {

	@ParameterizedTest
	@ValueSource(strings = { "4.1.0", "4.1.1", "4.1.1-SNAPSHOT", "4.2.0-M1", "4.10.0", "4.1" })
	void passesThisMajorVersion(String version) {
		assertThatNoException().isThrownBy(() -> BootVersionCheck.require(version));
	}

	@ParameterizedTest
	@ValueSource(strings = { "4.0.9", "4.0.0-RC1", "3.5.7", "2.7.18", "5.0.0", "5.1.0-M1", "41.1.0", "4", "4.x", "",
			"unknown" })
	void stopsTheStartUnderAnyOther(String version) {
		assertThatExceptionOfType(UnsupportedVersionException.class).isThrownBy(() -> BootVersionCheck.require(version))
			.withMessage("auth-starter needs Spring Boot 4.1 or a newer 4.x, and this is Spring Boot %s.", version);
	}

	@Test
	void passesWhereSpringBootSaysNoVersion() {
		assertThatNoException().isThrownBy(() -> BootVersionCheck.require(null));
		assertThat(SpringBootVersion.getVersion()).startsWith("4.");
	}

	@Test
	void isAskedBeforeAutoConfigurationsAreRead() {
		assertThat(SpringFactoriesLoader.forDefaultResourceLocation()
			.load(ApplicationListener.class)
			.stream()
			.filter(BootVersionCheck.class::isInstance)).hasSize(1);
		assertThat(ApplicationEnvironmentPreparedEvent.class).isNotNull();
	}

	@Test
	void saysWhatToDo() {
		FailureAnalysis analysis = new BootVersionFailureAnalyzer().analyze(new UnsupportedVersionException("4.0.1"));
		assertThat(analysis).isNotNull();
		assertThat(analysis.getDescription()).contains("needs Spring Boot 4.1", "this is Spring Boot 4.0.1");
		assertThat(analysis.getAction()).contains("spring-boot-starter-parent", "4.1.1 or newer");
		assertThat(SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class, FailureHandler.handleMessage((message, failure) -> {
			}))).hasAtLeastOneElementOfType(BootVersionFailureAnalyzer.class);
	}

}
