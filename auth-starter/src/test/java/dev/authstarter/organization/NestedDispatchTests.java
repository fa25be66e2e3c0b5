package dev.authstarter.organization;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.authstarter.CurrentOrganization;
import dev.authstarter.Organization;
import dev.authstarter.RequiresScope;
import dev.authstarter.fixture.ApiTest;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

/**
 * The rules of other handlers apply when a request forwards to them or includes them, and
 * the caller's context is restored afterwards.
 */
@ApiTest(value = NestedDispatchTests.Api.class, properties = "auth-starter.public-paths=/public/**")
class NestedDispatchTests {

	private final TestToken both = TestToken.validAt(TestApi.NOW).with("org_id", List.of("org_acme", "org_globex"));

	@Autowired
	HttpCalls http;

	@Autowired
	Dispatching api;

	@BeforeEach
	void callTheApi() {
		this.api.afterwards.clear();
	}

	@ParameterizedTest
	@CsvSource({ "include, read", "include, nothing", "include, fails", "include, closed", "include, nested",
			"include, async", "forward, read", "include, chained" })
	void goesOnInItsOrganization(String how, String target) throws InterruptedException {
		String body = this.http
			.getWithToken("/organizations/org_acme/" + how + "?target=/organizations/org_globex/" + target,
					this.both.signed())
			.body();
		assertThat(this.api.afterwards.poll(10, TimeUnit.SECONDS)).isEqualTo("org_acme org_acme auth0|42");
		if (target.equals("read") || target.equals("chained")) {
			assertThat(body).startsWith("org_globex org_globex auth0|42");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "include", "forward" })
	void goesOnWithoutOrganizationWhereItHadNone(String how) throws InterruptedException {
		this.http.getWithToken("/none/" + how + "?target=/organizations/org_globex/read", this.both.signed());
		assertThat(this.api.afterwards.poll(10, TimeUnit.SECONDS)).isEqualTo("null null auth0|42");
	}

	@ParameterizedTest
	@CsvSource({ "include, /closed, 403 insufficient_scope", "forward, /closed, 403 insufficient_scope",
			"include, /organizations/org_foreign/read, 403 organization_mismatch",
			"forward, /organizations/org_foreign/read, 403 organization_mismatch" })
	void reachesHandlerUnderItsRule(String how, String target, String refusal) {
		assertThat(this.http.getWithToken("/none/" + how + "?target=" + target, this.both.signed()).body())
			.contains("\"reason\":\"" + refusal.substring(4) + "\"")
			.doesNotContain("closed room");
	}

	@Test
	void forwardsUnauthenticatedRequestsOnlyToPublicHandlers() {
		assertThat(this.http.get("/public/forward?target=/closed").statusCode()).isEqualTo(401);
		assertThat(this.http.get("/public/forward?target=/organizations/org_acme/read").statusCode()).isEqualTo(401);
	}

	@Test
	void continuesUnauthenticatedRequestsOnlyWithPublicHandlers() {
		assertThat(this.http.get("/public/later").body()).isEqualTo("later");
		assertThat(this.http.get("/public/continue?target=/public/later").body()).isEqualTo("later");
		assertThat(this.http.get("/public/continue?target=/unruled").statusCode()).isEqualTo(401);
		assertThat(this.http.get("/public/continue?target=/closed").statusCode()).isEqualTo(401);
		assertThat(this.http.getWithToken("/public/continue?target=/unruled", this.both.signed()).body())
			.isEqualTo("unruled");
	}

	/** An API whose handlers dispatch to each other. */
	@Import({ TestApi.class, Dispatching.class })
	static class Api {

		@Bean
		@Order(1)
		SecurityFilterChain chained(HttpSecurity http) {
			http.securityMatcher("/organizations/*/chained");
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.oauth2ResourceServer((resourceServer) -> resourceServer.jwt(withDefaults()));
			return http.build();
		}

	}

	@RestController
	static class Dispatching {

		private final BlockingQueue<String> afterwards = new LinkedBlockingQueue<>();

		private final CurrentOrganization current;

		Dispatching(CurrentOrganization current) {
			this.current = current;
		}

		@GetMapping({ "/organizations/{organizationId}/include", "/none/include" })
		void include(String target, HttpServletRequest request, HttpServletResponse response) throws Exception {
			try {
				request.getRequestDispatcher(target).include(request, response);
			}
			catch (ServletException ex) {
				response.getOutputStream().print("failed");
			}
			this.afterwards.add(state());
		}

		@GetMapping({ "/organizations/{organizationId}/forward", "/none/forward", "/public/forward" })
		void forward(String target, HttpServletRequest request, HttpServletResponse response) throws Exception {
			request.getRequestDispatcher(target).forward(request, response);
			this.afterwards.add(state());
		}

		@GetMapping("/public/continue")
		void goOn(String target, HttpServletRequest request) {
			request.startAsync().dispatch(target);
		}

		@GetMapping("/public/later")
		DeferredResult<String> later() {
			return async();
		}

		@GetMapping("/unruled")
		String unruled() {
			return "unruled";
		}

		@GetMapping({ "/organizations/{organizationId}/read", "/organizations/{organizationId}/chained" })
		void read(Organization organization, HttpServletResponse response) throws IOException {
			response.getOutputStream().print(state() + " ");
		}

		@GetMapping("/organizations/{organizationId}/nothing")
		void nothing(@PathVariable String organizationId, HttpServletResponse response) {
		}

		@GetMapping("/organizations/{organizationId}/fails")
		void fails(@PathVariable String organizationId) {
			throw new IllegalStateException("on purpose");
		}

		@RequestMapping("/organizations/{organizationId}/closed")
		@RequiresScope("open:closed")
		void closedOfOrganization(HttpServletResponse response) {
		}

		@RequestMapping("/closed")
		@RequiresScope("open:closed")
		String closed() {
			return "closed room";
		}

		@GetMapping("/organizations/{organizationId}/nested")
		void nested(HttpServletRequest request, HttpServletResponse response) throws Exception {
			request.getRequestDispatcher("/organizations/org_acme/read").include(request, response);
			request.getRequestDispatcher("/organizations/org_globex/read").include(request, response);
			response.getOutputStream().print(state() + " ");
		}

		@GetMapping("/organizations/{organizationId}/async")
		DeferredResult<String> async() {
			DeferredResult<String> result = new DeferredResult<>();
			result.setResult("later");
			return result;
		}

		/** The organization of the caller, that of the log, and the caller. */
		private String state() {
			Organization organization = this.current.find();
			return "%s %s %s".formatted((organization != null) ? organization.id() : null, MDC.get("auth.organization"),
					Objects.requireNonNull(SecurityContextHolder.getContext().getAuthentication()).getName());
		}

	}

}
