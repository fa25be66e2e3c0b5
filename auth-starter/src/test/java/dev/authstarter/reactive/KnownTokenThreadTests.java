package dev.authstarter.reactive;

import java.time.Duration;

import dev.authstarter.fixture.ApiTest;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.JsonServer;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestClock;
import dev.authstarter.fixture.TestToken;
import dev.authstarter.fixture.TestTrust;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Handlers run on the event loop of the connection, also after the issuer was called for
 * a token that was verified before.
 */
@ApiTest(value = KnownTokenThreadTests.Application.class,
		properties = { "spring.main.web-application-type=reactive", "auth-starter.introspection.tokens=all",
				"auth-starter.introspection.client-id=api", "auth-starter.introspection.client-secret=secret",
				"auth-starter.introspection.time-to-live=10s" })
class KnownTokenThreadTests {

	private static final JsonServer SERVER = new JsonServer("/introspect");

	@DynamicPropertySource
	static void introspectHere(DynamicPropertyRegistry registry) {
		registry.add("auth-starter.introspection.uri", () -> SERVER.uri("/introspect"));
	}

	@AfterAll
	static void close() {
		SERVER.close();
	}

	@Test
	void runsHandlersOnTheEventLoop(@Autowired HttpCalls http, @Autowired TestClock clock) {
		SERVER.answer(200, "{\"active\":true}");
		String token = TestToken.validAt(TestApi.NOW).signed();
		for (int request = 1; request <= 3; request++) {
			assertThat(http.getWithToken("/thread", token).body()).startsWith("webflux-http");
			assertThat(SERVER.questions()).hasSize(request);
			clock.advance(Duration.ofSeconds(11));
		}
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
	@Import({ TestTrust.class, ServerThreadTests.Handlers.class })
	static class Application {

	}

}
