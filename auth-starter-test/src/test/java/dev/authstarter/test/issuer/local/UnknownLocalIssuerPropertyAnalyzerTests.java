package dev.authstarter.test.issuer.local;

import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An unknown property of the local issuer is named, with those that exist.
 */
class UnknownLocalIssuerPropertyAnalyzerTests {

	@ParameterizedTest
	@CsvSource({ "local-issuer.organisation=top-secret, key-file", "local-issuer.users.bob.role=top-secret, roles",
			"local-issuer.clients.cron.password=top-secret, secret" })
	void namesThePropertiesThatExist(String property, String expected) {
		new ApplicationContextRunner().withUserConfiguration(Properties.class)
			.withPropertyValues(property)
			.run((context) -> {
				FailureAnalysis analysis = new UnknownLocalIssuerPropertyAnalyzer()
					.analyze(Objects.requireNonNull(context.getStartupFailure()));
				assertThat(analysis).isNotNull();
				assertThat(analysis.getDescription()).contains("'" + property.substring(0, property.indexOf('=')) + "'")
					.contains("does not exist")
					.doesNotContain("top-secret");
				assertThat(analysis.getAction()).contains("'" + expected + "'").doesNotContain("top-secret");
			});
	}

	@Test
	void leavesOtherFailuresAlone() {
		new ApplicationContextRunner().withUserConfiguration(Properties.class)
			.withPropertyValues("local-issuer.port=none")
			.run((context) -> assertThat(new UnknownLocalIssuerPropertyAnalyzer()
				.analyze(Objects.requireNonNull(context.getStartupFailure()))).isNull());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(LocalIssuerProperties.class)
	static class Properties {

	}

}
