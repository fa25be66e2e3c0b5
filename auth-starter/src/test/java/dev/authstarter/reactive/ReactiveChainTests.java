package dev.authstarter.reactive;

import java.util.Map;

import dev.authstarter.RequiresScope;
import dev.authstarter.fixture.ApiTest;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import dev.authstarter.fixture.TestTrust;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.util.matcher.PathPatternParserServerWebExchangeMatcher;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

/**
 * Filter chains of a WebFlux application come before the library's chain, which matches
 * all other requests. If they read tokens, they accept the same tokens.
 */
@ApiTest(value = ReactiveChainTests.Application.class, properties = { "spring.main.web-application-type=reactive",
		// Reactor Netty 1.3.7 may stop reading a connection that another thread
		// answers, as where WebFlux makes a session: its issue 4361.
		"server.netty.max-keep-alive-requests=1", "management.endpoints.web.exposure.include=health,authrules",
		"management.endpoint.authrules.access=read-only", "auth-starter.endpoints.authority=SCOPE_operate",
		"auth-starter.resource-metadata.resource=https://api.example" })
class ReactiveChainTests {

	private final TestToken token = TestToken.validAt(TestApi.NOW);

	@Autowired
	HttpCalls http;

	@ParameterizedTest
	@CsvSource({ "/api/notes, 200", "/api/role, 200", "/api/organizations/org_acme/notes, 200",
			"/api/organizations/org_other/notes, 403", "/api/closed, 403", "/elsewhere, 200" })
	void acceptsTheSameTokens(String path, int status) {
		assertThat(this.http.getWithToken(path, this.token.signed()).statusCode()).isEqualTo(status);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/notes", "/elsewhere" })
	void refusesTheSameTokens(String path) {
		assertThat(this.http.getWithToken(path, this.token.with("aud", "other").signed()).statusCode()).isEqualTo(401);
		assertThat(this.http.getWithToken(path, this.token.with("exp", 1).signed()).statusCode()).isEqualTo(401);
		assertThat(this.http.getWithToken(path, "garbage").statusCode()).isEqualTo(401);
		assertThat(this.http.get(path).statusCode()).isEqualTo(401);
	}

	@Test
	void needsTokenWhereOthersLogIn() {
		String basic = "Basic dXNlcjpwYXNz";
		assertThat(this.http.get("/pages/open", "Authorization", basic).body()).isEqualTo("page");
		assertThat(HttpCalls.json(this.http.get("/pages/rule", "Authorization", basic))).containsEntry("status", 403L)
			.containsEntry("reason", "token_required");
		assertThat(this.http.get("/elsewhere", "Authorization", basic).statusCode()).isEqualTo(401);
	}

	@Test
	void letsPlatformProbe() {
		assertThat(this.http.get("/actuator/health").statusCode()).isEqualTo(200);
	}

	@Test
	void showsItsRulesToOperatorsAlone() {
		String path = "/actuator/authrules";
		assertThat(this.http.get(path).statusCode()).isEqualTo(401);
		assertThat(this.http.getWithToken(path, this.token.signed()).statusCode()).isEqualTo(403);
		assertThat(this.http.getWithToken(path, this.token.with("scope", "operate").signed()).statusCode())
			.isEqualTo(200);
	}

	@Test
	void publishesResourceMetadata() {
		assertThat(HttpCalls.json(this.http.get("/.well-known/oauth-protected-resource")))
			.containsEntry("resource", "https://api.example")
			.containsKey("scopes_supported");
	}

	/**
	 * The application, with a chain of its own that reads tokens and one for pages.
	 */
	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
	@Import({ TestTrust.class, Handlers.class })
	static class Application {

		@Bean
		SecurityWebFilterChain api(ServerHttpSecurity http) {
			return http.securityMatcher(new PathPatternParserServerWebExchangeMatcher("/api/**"))
				.authorizeExchange((exchanges) -> exchanges.pathMatchers("/api/role")
					.hasRole("editor")
					.anyExchange()
					.authenticated())
				.oauth2ResourceServer((resourceServer) -> resourceServer.jwt(withDefaults()))
				.build();
		}

		@Bean
		SecurityWebFilterChain pages(ServerHttpSecurity http) {
			return http.securityMatcher(new PathPatternParserServerWebExchangeMatcher("/pages/**"))
				.authorizeExchange((exchanges) -> exchanges.anyExchange().authenticated())
				.httpBasic(withDefaults())
				.build();
		}

		@Bean
		MapReactiveUserDetailsService users() {
			return new MapReactiveUserDetailsService(
					User.withUsername("user").password("{noop}pass").roles("page").build());
		}

	}

	/**
	 * Handlers in each chain.
	 */
	@RestController
	static class Handlers {

		@GetMapping({ "/api/notes", "/api/role", "/api/organizations/{organizationId}/notes", "/elsewhere" })
		Mono<String> notes() {
			return Mono.just("notes");
		}

		@GetMapping("/api/closed")
		@RequiresScope("write:notes")
		Mono<Map<String, String>> closed() {
			return Mono.just(Map.of());
		}

		@GetMapping("/pages/open")
		String page() {
			return "page";
		}

		@GetMapping("/pages/rule")
		@RequiresScope("read:notes")
		String rule() {
			return "rule";
		}

	}

}
