package dev.authstarter.servlet;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Base64;

import dev.authstarter.AccessToken;
import dev.authstarter.RequiresScope;
import dev.authstarter.fixture.ApiTest;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

/**
 * Callers that are authenticated, but not by a token, are refused with
 * {@code token_required}.
 */
@ApiTest(OtherCallersTests.Api.class)
@AutoConfigureMockMvc
class OtherCallersTests {

	private static final String REASON = "token_required";

	@Autowired
	HttpCalls http;

	@ParameterizedTest
	@ValueSource(strings = { "/rule", "/bean", "/argument", "/organizations/org_acme" })
	void areRecognizedByPassword(String path) {
		assertRefused(basic(path, "alice"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/rule", "/bean", "/argument", "/organizations/org_acme" })
	void areRecognizedByRememberedLogin(String path) {
		String remembered = basic("/silent?remember-me=true", "alice").headers()
			.allValues("Set-Cookie")
			.stream()
			.filter((cookie) -> cookie.startsWith("remember-me="))
			.findFirst()
			.orElseThrow()
			.replaceFirst(";.*", "");
		assertThat(this.http.get("/silent", "Cookie", remembered).body()).isEqualTo("alice");
		assertRefused(this.http.get(path, "Cookie", remembered));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/rule", "/bean", "/argument", "/organizations/org_acme" })
	void areRecognizedAsUsersOfTests(String path, @Autowired MockMvcTester mvc) {
		assertThat(mvc.get().uri(path).with(user("alice"))).hasStatus(403)
			.bodyJson()
			.extractingPath("reason")
			.isEqualTo(REASON);
	}

	@Test
	void areNotClientsThatFailToAuthenticate() {
		assertThat(basic("/rule", "wrong").statusCode()).isEqualTo(401);
		assertThat(this.http.answer("/rule", "wrong")).isEqualTo("401 malformed_token");
		assertThat(HttpCalls.json(this.http.get("/rule"))).containsEntry("reason", "missing_token");
	}

	private HttpResponse<String> basic(String path, String password) {
		String credentials = Base64.getEncoder().encodeToString(("alice:" + password).getBytes(StandardCharsets.UTF_8));
		return this.http.get(path, "Authorization", "Basic " + credentials);
	}

	private static void assertRefused(HttpResponse<String> response) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(403);
		assertThat(HttpCalls.json(response)).containsEntry("reason", REASON);
		assertThat(response.headers().map()).doesNotContainKey("www-authenticate");
	}

	/**
	 * An API whose callers may come by token or by password.
	 */
	@Import({ TestApi.class, Guarded.class })
	static class Api {

		@Bean
		InMemoryUserDetailsManager userDetails() {
			return new InMemoryUserDetailsManager(User.withUsername("alice").password("{noop}alice").build());
		}

		@Bean
		SecurityFilterChain both(HttpSecurity http) {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.oauth2ResourceServer((resourceServer) -> resourceServer.jwt(withDefaults()));
			http.httpBasic(withDefaults());
			http.rememberMe(withDefaults());
			return http.build();
		}

		@Bean
		Vault vault() {
			return new Vault();
		}

	}

	static class Vault {

		@RequiresScope("read:notes")
		public String open() {
			return "gold";
		}

	}

	@RestController
	static class Guarded {

		private final Vault vault;

		Guarded(Vault vault) {
			this.vault = vault;
		}

		@GetMapping("/rule")
		@RequiresScope("read:notes")
		String rule() {
			return "rule";
		}

		@GetMapping("/bean")
		String bean() {
			return this.vault.open();
		}

		@GetMapping("/argument")
		String argument(AccessToken caller) {
			return caller.subject();
		}

		@GetMapping("/organizations/{organizationId}")
		String organization() {
			return "organization";
		}

		@GetMapping("/silent")
		String silent(Principal user) {
			return user.getName();
		}

	}

}
