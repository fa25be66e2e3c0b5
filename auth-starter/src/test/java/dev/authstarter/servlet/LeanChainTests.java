package dev.authstarter.servlet;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

import dev.authstarter.fixture.ApiTest;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import jakarta.servlet.Filter;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.web.servlet.config.annotation.CorsRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Filters that the default chain leaves out, and behaviour that must not change because
 * of that.
 */
@ApiTest(value = LeanChainTests.Api.class, properties = "auth-starter.public-paths=/public/**")
class LeanChainTests {

	private static final String NOTES = "/organizations/org_acme/notes";

	private static final String APP = "https://app.example";

	private final TestToken valid = TestToken.validAt(TestApi.NOW);

	@Autowired
	SecurityFilterChain chain;

	@Autowired
	HttpFirewall firewall;

	@Autowired
	SecurityObservationSettings observations;

	@Autowired
	HttpCalls http;

	/** The list of the README of auth-benchmarks, with the reasons. */
	@Test
	void holdsTheFiltersThatAnApiNeeds() {
		assertThat(this.chain.getFilters().stream().map(Filter::getClass).map(Class::getSimpleName)).containsExactly(
				"WebAsyncManagerIntegrationFilter", "SecurityContextHolderFilter", "HeaderWriterFilter", "CorsFilter",
				"BearerTokenAuthenticationFilter", "SecurityContextHolderAwareRequestFilter",
				"AnonymousAuthenticationFilter", "ExceptionTranslationFilter", "AuthorizationFilter");
	}

	@Test
	void leavesOutTheObservationsOfSpringSecurity() {
		assertThat(this.observations.shouldObserveRequests()).isFalse();
		assertThat(this.observations.shouldObserveAuthentications()).isFalse();
		assertThat(this.observations.shouldObserveAuthorizations()).isFalse();
	}

	@Test
	void leavesBearerTokensToTheDecoder() {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", NOTES);
		request.addHeader("Authorization", "Bearer a\u0085");
		assertThat(this.firewall.getFirewalledRequest(request).getHeaders("Authorization").nextElement())
			.isEqualTo("Bearer a\u0085");
	}

	@Test
	void keepsTheSecurityHeaders() {
		HttpResponse<String> response = this.http.getWithToken(NOTES, this.valid.signed());
		assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
		assertThat(response.headers().firstValue("X-Frame-Options")).contains("DENY");
		assertThat(response.headers().firstValue("Cache-Control").orElseThrow()).contains("no-store");
		assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
	}

	@Test
	void answersPreflightOfAllowedOriginWithoutToken() {
		HttpResponse<String> response = preflight(APP);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).contains(APP);
	}

	@Test
	void refusesPreflightOfAnotherOrigin() {
		HttpResponse<String> response = preflight("https://evil.example");
		assertThat(response.statusCode()).isEqualTo(403);
		assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
	}

	@Test
	void letsBrowserReadRefusal() {
		HttpResponse<String> response = this.http.get(NOTES, "Origin", APP);
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).contains(APP);
	}

	@Test
	void refusesAnotherOriginWithAnyCaller() {
		HttpResponse<String> response = this.http.get(NOTES, "Origin", "https://evil.example", "Authorization",
				"Bearer " + this.valid.signed());
		assertThat(response.statusCode()).isEqualTo(403);
	}

	@Test
	void opensPublicPathsToCallersAndUnauthenticatedClients() {
		assertThat(this.http.get("/public/notes").statusCode()).isEqualTo(200);
		assertThat(this.http.getWithToken("/public/notes", this.valid.signed()).statusCode()).isEqualTo(200);
		assertThat(this.http.get("/private/notes").statusCode()).isEqualTo(401);
	}

	@Test
	void decidesAnewForEveryRequestWithKnownToken() {
		String token = this.valid.signed();
		for (int i = 0; i < 3; i++) {
			assertThat(this.http.answer(NOTES, token)).isEqualTo("200");
			assertThat(this.http.answer("/organizations/org_globex/notes", token))
				.isEqualTo("403 organization_mismatch");
			HttpResponse<String> write = this.http.send(
					this.http.request(NOTES).header("Authorization", "Bearer " + token).POST(BodyPublishers.noBody()));
			assertThat(write.statusCode()).isEqualTo(403);
			assertThat(HttpCalls.json(write)).containsEntry("reason", "insufficient_scope");
			HttpResponse<String> delete = this.http
				.send(this.http.request(NOTES + "/1").header("Authorization", "Bearer " + token).DELETE());
			assertThat(delete.statusCode()).isEqualTo(403);
			assertThat(HttpCalls.json(delete)).containsEntry("reason", "insufficient_role");
		}
	}

	private HttpResponse<String> preflight(String origin) {
		return this.http.send(this.http.request(NOTES)
			.header("Origin", origin)
			.header("Access-Control-Request-Method", "GET")
			.header("Access-Control-Request-Headers", "Authorization")
			.method("OPTIONS", BodyPublishers.noBody()));
	}

	/**
	 * An API for a page of another origin.
	 */
	@Import(TestApi.class)
	static class Api {

		@Bean
		WebMvcConfigurer cors() {
			return new WebMvcConfigurer() {
				@Override
				public void addCorsMappings(CorsRegistry registry) {
					registry.addMapping("/**").allowedOrigins(APP).allowedHeaders("Authorization");
				}
			};
		}

	}

}
