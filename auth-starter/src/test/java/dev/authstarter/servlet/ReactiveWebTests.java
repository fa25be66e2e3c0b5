package dev.authstarter.servlet;

import dev.authstarter.configuration.AccessRuleException;
import dev.authstarter.fixture.TestTrust;
import dev.authstarter.servlet.refusal.RefusalEvents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * WebFlux is not protected, so it does not start. Reactor alone is no reason.
 */
@ExtendWith(OutputCaptureExtension.class)
class ReactiveWebTests {

	private static final String BOOT = "spring.security.oauth2.resourceserver.jwt.";

	@ParameterizedTest
	@ValueSource(strings = { "", "auth-starter.issuer=https://issuer.example/,auth-starter.audience=one",
			BOOT + "issuer-uri=https://issuer.example/," + BOOT + "audiences=one" })
	void doesNotStartWebFlux(String properties, CapturedOutput output) {
		assertThatExceptionOfType(AccessRuleException.class)
			.isThrownBy(() -> new SpringApplicationBuilder(Empty.class).web(WebApplicationType.REACTIVE)
				.properties(properties.split(","))
				.run()
				.close());
		assertThat(output).contains("Description:", "This is a WebFlux application", "Action:",
				"spring-boot-starter-webmvc");
	}

	@ParameterizedTest
	@ValueSource(strings = { "SERVLET", "NONE" })
	void startsOtherApplicationsWithWebFluxOnTheClassPath(WebApplicationType type) {
		new SpringApplicationBuilder(Empty.class).web(type)
			.properties("server.port=0", "auth-starter.issuer=https://issuer.example/", "auth-starter.audience=one")
			.run()
			.close();
	}

	@Test
	void namesTheMatchedPatternAsSpringMvcDoes() {
		assertThat(RefusalEvents.MATCHED_PATTERN)
			.isEqualTo(org.springframework.web.servlet.HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
	@Import(TestTrust.class)
	static class Empty {

	}

}
