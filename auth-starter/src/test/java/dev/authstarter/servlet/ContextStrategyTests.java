package dev.authstarter.servlet;

import dev.authstarter.configuration.AccessRuleException;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.context.ListeningSecurityContextHolderStrategy;
import org.springframework.security.core.context.SecurityContextChangedListener;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Strategies for storing the security context of a request.
 */
class ContextStrategyTests {

	private final SecurityContextHolderStrategy before = SecurityContextHolder.getContextHolderStrategy();

	@AfterEach
	void restore() {
		SecurityContextHolder.setContextHolderStrategy(this.before);
	}

	@Test
	void stopsTheStartWhereFiltersKeepCallersElsewhere() {
		assertThatExceptionOfType(AccessRuleException.class).isThrownBy(() -> start(Elsewhere.class).close())
			.withMessageContaining("'elsewhere'")
			.extracting(AccessRuleException::action)
			.asString()
			.contains("SecurityContextHolder.setContextHolderStrategy");
	}

	@Test
	void servesWhereAStrategyIsInForceForAll() {
		try (ConfigurableApplicationContext started = start(ForAll.class)) {
			HttpCalls http = new HttpCalls(
					started.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
			String token = TestToken.validAt(TestApi.NOW).signed();
			assertThat(http.answer("/organizations/org_acme/notes", token)).isEqualTo("200");
			assertThat(http.answer("/organizations/org_globex/notes", token)).isEqualTo("403 organization_mismatch");
			assertThat(http.get("/organizations/org_acme/notes").statusCode()).isEqualTo(401);
		}
	}

	private static ConfigurableApplicationContext start(Class<?> strategy) {
		return new SpringApplicationBuilder(TestApi.class, strategy).run("--server.port=0",
				"--auth-starter.issuer=" + TestToken.ISSUER, "--auth-starter.audience=" + TestToken.AUDIENCE);
	}

	private static SecurityContextHolderStrategy strategy() {
		SecurityContextChangedListener listener = (event) -> {
		};
		return new ListeningSecurityContextHolderStrategy(listener);
	}

	@Configuration(proxyBeanMethods = false)
	static class Elsewhere {

		@Bean
		SecurityContextHolderStrategy elsewhere() {
			return strategy();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ForAll {

		@Bean
		SecurityContextHolderStrategy forAll() {
			SecurityContextHolderStrategy strategy = strategy();
			SecurityContextHolder.setContextHolderStrategy(strategy);
			return strategy;
		}

	}

}
