package dev.authstarter.servlet;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

import dev.authstarter.fixture.ApiTest;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.springframework.security.config.Customizer.withDefaults;

/**
 * The rules are also enforced in an application with its own filter chain.
 */
@ApiTest({ TestApi.class, OwnFilterChainTests.OwnChain.class })
class OwnFilterChainTests {

	private static final String NOTES = "/organizations/org_acme/notes";

	@Autowired
	HttpFirewall firewall;

	@Autowired
	HttpCalls http;

	private final TestToken valid = TestToken.validAt(TestApi.NOW);

	@Test
	void acceptsValidToken() {
		assertThat(this.http.getWithToken(NOTES, this.valid.signed()).statusCode()).isEqualTo(200);
		assertRefused(this.http.getWithToken("/me", this.valid.without("sub").signed()), 401, "missing_claim");
	}

	@Test
	void keepsTheTokenPolicy() {
		assertRefused(this.http.getWithToken(NOTES, this.valid.withType("JWT").with("nonce", "n").signed()), 401,
				"id_token");
		assertRefused(this.http.getWithToken(NOTES, this.valid.without("aud").signed()), 401, "wrong_audience");
		assertRefused(this.http.get(NOTES), 401, "missing_token");
	}

	@Test
	void keepsTheRulesOfHandlers() {
		assertRefused(this.http.send(this.http.request(NOTES)
			.header("Authorization", "Bearer " + this.valid.signed())
			.POST(BodyPublishers.noBody())), 403, "insufficient_scope");
	}

	@Test
	void keepsOrganizationsApart() {
		assertRefused(this.http.getWithToken("/organizations/org_globex/notes", this.valid.signed()), 403,
				"organization_mismatch");
	}

	@Test
	void refusesAnonymousCallersOfHandlersWithARuleOnOpenPaths() {
		assertRefused(this.http.get("/organizations/org_acme/notes?open"), 401, "missing_token");
	}

	@Test
	void namesTheScopeThatTheChainAsksFor() {
		HttpResponse<String> response = this.http.getWithToken("/fails", this.valid.signed());
		assertRefused(response, 403, "insufficient_scope");
		assertThat(response.headers().firstValue("WWW-Authenticate").orElseThrow()).endsWith("scope=\"break:things\"");
	}

	@Test
	void leavesTheDecisionsOfTheChainAlone() {
		assertThat(this.http.get("/public/notes").statusCode()).isEqualTo(200);
	}

	@Test
	void validatesBearerTokensAsSpringSecurityDoes() {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", NOTES);
		request.addHeader("Authorization", "Bearer a\u0085");
		assertThatExceptionOfType(RequestRejectedException.class)
			.isThrownBy(() -> this.firewall.getFirewalledRequest(request).getHeaders("Authorization").nextElement());
	}

	private static void assertRefused(HttpResponse<String> response, int status, String reason) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
		assertThat(HttpCalls.json(response)).containsEntry("reason", reason);
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class OwnChain {

		@Bean
		SecurityFilterChain ownChain(HttpSecurity http) {
			http.authorizeHttpRequests(
					(requests) -> requests.requestMatchers((request) -> "open".equals(request.getQueryString()))
						.permitAll()
						.requestMatchers("/public/**")
						.permitAll()
						.requestMatchers("/fails")
						.hasAuthority("SCOPE_break:things")
						.anyRequest()
						.authenticated());
			http.csrf(AbstractHttpConfigurer::disable);
			http.oauth2ResourceServer((resourceServer) -> resourceServer.jwt(withDefaults()));
			return http.build();
		}

	}

}
