package dev.authstarter.servlet;

import dev.authstarter.fixture.TestTrust;
import dev.authstarter.servlet.refusal.RefusalWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * WebFlux on the class path changes nothing for applications of other kinds.
 */
class ReactiveWebTests {

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
		assertThat(RefusalWriter.MATCHED_PATTERN)
			.isEqualTo(org.springframework.web.servlet.HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
	@Import(TestTrust.class)
	static class Empty {

	}

}
