package dev.authstarter.access;

import java.net.http.HttpResponse;

import dev.authstarter.fixture.ApiTest;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

/**
 * An application with several filter chains, one of which permits all requests, enforces
 * the rules of handlers, routes, beans and organizations.
 */
@ApiTest(value = { GuardedApi.class, SeveralChainsTests.Chains.class }, properties = "spring.aop.auto=false")
class SeveralChainsTests {

	@Autowired
	HttpCalls http;

	private final TestToken valid = TestToken.validAt(TestApi.NOW);

	@Test
	void keepsRulesInEveryChain() {
		assertRefused("/rooms", this.valid, 403, "insufficient_scope");
		assertRefused("/routes/closed", this.valid, 403, "insufficient_scope");
		assertRefused("/vault", this.valid, 403, "insufficient_scope");
		assertRefused("/keys", this.valid, 403, "insufficient_scope");
		assertRefused("/organizations/org_globex/route", this.valid, 403, "organization_mismatch");
		assertRefused("/organizations/org_globex/notes", this.valid, 403, "organization_mismatch");
	}

	@Test
	void asksForTheTokenOfHandlersWithARuleInOpenChain() {
		for (String path : new String[] { "/rooms", "/rooms/anyone", "/routes/closed" }) {
			HttpResponse<String> response = this.http.get(path);
			assertThat(response.statusCode()).as(path).isEqualTo(401);
			assertThat(HttpCalls.json(response)).containsEntry("reason", "missing_token");
		}
	}

	private void assertRefused(String path, TestToken token, int status, String reason) {
		HttpResponse<String> response = this.http.getWithToken(path, token.signed());
		assertThat(response.statusCode()).as(path + response.body()).isEqualTo(status);
		assertThat(HttpCalls.json(response)).containsEntry("reason", reason);
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Chains {

		@Bean
		@Order(1)
		SecurityFilterChain openChain(HttpSecurity http) {
			http.securityMatcher("/rooms/**", "/routes/**");
			http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll());
			http.oauth2ResourceServer((resourceServer) -> resourceServer.jwt(withDefaults()));
			return http.build();
		}

		@Bean
		@Order(2)
		SecurityFilterChain closedChain(HttpSecurity http) {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.oauth2ResourceServer((resourceServer) -> resourceServer.jwt(withDefaults()));
			return http.build();
		}

	}

}
